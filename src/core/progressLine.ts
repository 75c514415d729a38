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
const separator = ' · ';

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
  const prefix: Part | undefined = name === undefined ? undefined : { text: name, style: 'bold', rank: 2 };
  let parts = partsOf(state, options.now);
  let withPrefix = prefix !== undefined;
  for (;;) {
    const lowest = Math.min(...parts.map(({ rank }) => rank), withPrefix ? 2 : Number.POSITIVE_INFINITY);
    const room = width - widthOf(parts) - (withPrefix && prefix ? stringWidth(prefix.text) + 1 : 0);
    if (room < 0 && parts.length > 1) {
      if (withPrefix && lowest === 2) withPrefix = false;
      else parts = parts.filter(({ rank }) => rank !== lowest);
      continue;
    }
    const bar = drawBar(state, Math.min(widestBar, room - 1), paint);
    const line = parts.map(({ text, style }) => paint(style, text)).join(separator);
    if (room < 0) return line.slice(0, Math.max(0, width));
    return `${withPrefix && prefix ? `${paint(prefix.style, prefix.text)} ` : ''}${bar}${line}`;
  }
}

function partsOf(state: SweepState, now: number): Part[] {
  const { completeCount, totalCount, runningCount, failureCount, skippedCount, pendingCount } =
    statisticsOf(state);
  const left = estimateRemaining(state, now);
  const elapsed = elapsedMs(state, now);
  const parts: (Part | false)[] = [
    { text: `${completeCount}/${totalCount}`, style: undefined, rank: 9 },
    failureCount > 0 && { text: `${failureCount} failed`, style: 'red', rank: 8 },
    runningCount > 0 && { text: `${runningCount} running`, style: 'cyan', rank: 4 },
    pendingCount > 0 && { text: `${pendingCount} pending`, style: undefined, rank: 1 },
    skippedCount > 0 && { text: `${skippedCount} skipped`, style: 'yellow', rank: 3 },
    elapsed !== undefined && { text: clockText(elapsed), style: 'dim', rank: 5 },
    left !== undefined &&
      completeCount < totalCount && { text: `${clockText(left)} left`, style: undefined, rank: 6 },
  ];
  return parts.filter((part) => part !== false);
}

function widthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }) => sum + stringWidth(text), 0) + separator.length * (parts.length - 1);
}

function drawBar(state: SweepState, width: number, paint: (style: Style, text: string) => string): string {
  if (width < narrowestBar) return '';
  const { completeCount, failureCount, totalCount } = statisticsOf(state);
  const share = (count: number): number => (totalCount === 0 ? 0 : (count / totalCount) * width);
  const filled = completeCount === totalCount ? width : Math.floor(share(completeCount));
  // A single failure among thousands is seen too.
  const failed = Math.min(filled, Math.ceil(share(failureCount)));
  const good = '━'.repeat(filled - failed);
  return `${paint('green', good)}${paint('red', '━'.repeat(failed))}${paint('dim', '─'.repeat(width - filled))} `;
}

/** How long the sweep has taken since it was last opened, in ms. */
export function elapsedMs(state: SweepState, now: number): number | undefined {
  return state.openedAt === undefined ? undefined : Math.max(0, (state.closedAt ?? now) - state.openedAt);
}

/** A duration as a clock shows it, begun seconds counted as whole: "0:42", "1:02:03". */
export function clockText(ms: number): string {
  return prettyMilliseconds(Math.ceil(ms / 1000) * 1000, { colonNotation: true, secondsDecimalDigits: 0 });
}
