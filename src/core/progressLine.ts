import { styleText } from 'node:util';
import prettyMilliseconds from 'pretty-ms';
import stringWidth from 'string-width';
import { estimateRemaining, statisticsOf } from './statistics.ts';
import type { SweepState } from './sweepState.ts';

/** How {@link progressLine} draws. */
export interface ProgressLineOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How many columns the line may take. */
  readonly width: number;
  /** What the sweep is called; nothing stands before the bar without it. */
  readonly name?: string | undefined;
  /** Whether to colour the line with ANSI escape sequences. Default false. */
  readonly colors?: boolean;
}

const widestBar = 30;
const narrowestBar = 8;
const nameRank = 2;

type Style = Parameters<typeof styleText>[0];

interface Part {
  readonly text: string;
  readonly style: Style | undefined;
  /** The part with the lowest rank goes first where there is no room for all. */
  readonly rank: number;
}

/**
 * What a sweep is doing, in one line that is never wider than asked: `lander ━━━━━━──── 12/24 · 4 running · 1 failed ·
 * 0:31 · 0:42 left`. Where room is short, the bar shrinks, then the less important parts go.
 */
export function progressLine(state: SweepState, options: ProgressLineOptions): string {
  const { width, name, colors = false } = options;
  const paint = (style: Style | undefined, text: string): string =>
    colors && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  let kept = [...(name === undefined ? [] : [nameOf(name)]), bar, ...partsOf(state, options.now)];
  while (kept.length > 1 && minimalWidth(kept) > width) {
    const lowest = Math.min(...kept.map(({ rank }) => rank));
    kept = kept.filter(({ rank }) => rank !== lowest);
  }
  const room = width - minimalWidth(kept);
  if (room < 0) return (kept[0]?.text ?? '').slice(0, Math.max(0, width));
  return kept
    .map((part, index) => {
      const drawn =
        part === bar
          ? drawBar(state, Math.min(widestBar, narrowestBar + room), paint)
          : paint(part.style, part.text);
      return `${drawn}${separatorAfter(kept, index)}`;
    })
    .join('');
}

/** Stands for the bar at its narrowest. */
const bar: Part = { text: '━'.repeat(narrowestBar), style: undefined, rank: 6 };

function nameOf(name: string): Part {
  return { text: name, style: 'bold', rank: nameRank };
}

function minimalWidth(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }, index) => sum + stringWidth(text + separatorAfter(parts, index)), 0);
}

function separatorAfter(parts: readonly Part[], index: number): string {
  if (index === parts.length - 1) return '';
  const part = parts[index];
  return part === bar || part?.rank === nameRank ? ' ' : ' · ';
}

function partsOf(state: SweepState, now: number): Part[] {
  const { completeCount, totalCount, runningCount, failureCount, skippedCount, pendingCount } =
    statisticsOf(state);
  const left = estimateRemaining(state, now);
  const elapsed = elapsedMs(state, now);
  const parts: (Part | false)[] = [
    { text: `${completeCount}/${totalCount}`, style: undefined, rank: 9 },
    failureCount > 0 && { text: `${failureCount} failed`, style: 'red', rank: 8 },
    state.paused !== undefined && { text: 'paused', style: 'yellow', rank: 8.5 },
    state.phase === 'stopping' && { text: 'stopping', style: 'yellow', rank: 8.5 },
    runningCount > 0 && { text: `${runningCount} running`, style: 'cyan', rank: 4 },
    pendingCount > 0 && { text: `${pendingCount} pending`, style: undefined, rank: 1 },
    skippedCount > 0 && { text: `${skippedCount} skipped`, style: 'yellow', rank: 3 },
    elapsed !== undefined && { text: clockText(elapsed), style: 'dim', rank: 5 },
    left !== undefined &&
      completeCount < totalCount && { text: `${clockText(left, Math.ceil)} left`, style: undefined, rank: 7 },
  ];
  return parts.filter((part) => part !== false);
}

function drawBar(state: SweepState, width: number, paint: (style: Style, text: string) => string): string {
  const { completeCount, failureCount, totalCount } = statisticsOf(state);
  const share = (count: number): number => (totalCount === 0 ? 0 : (count / totalCount) * width);
  const filled = completeCount === totalCount ? width : Math.floor(share(completeCount));
  // A single failure among thousands is seen too.
  const failed = Math.min(filled, Math.ceil(share(failureCount)));
  const good = '━'.repeat(filled - failed);
  return `${paint('green', good)}${paint('red', '━'.repeat(failed))}${paint('dim', '─'.repeat(width - filled))}`;
}

/** How long the sweep has taken since it was last opened, in ms. */
export function elapsedMs(state: SweepState, now: number): number | undefined {
  return state.openedAt === undefined ? undefined : Math.max(0, (state.closedAt ?? now) - state.openedAt);
}

/** A duration as a clock shows it: "0:42", "1:02:03". Seconds are cut off unless `round` says otherwise. */
export function clockText(ms: number, round: (seconds: number) => number = Math.floor): string {
  return prettyMilliseconds(round(ms / 1000) * 1000, { colonNotation: true, secondsDecimalDigits: 0 });
}
