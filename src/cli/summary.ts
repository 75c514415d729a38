import { join } from 'node:path';
import prettyMilliseconds from 'pretty-ms';
import { elapsedMs } from '../core/progressLine.ts';
import type { SweepHeader } from '../core/sweepDirectory/header.ts';
import { runDirectory, runLabel, runNames } from '../core/sweepDirectory/layout.ts';
import { runsReader } from '../core/sweepDirectory/runsFile.ts';
import type { SweepState } from '../core/sweepState.ts';
import { countsText, type FailedRun, failedRuns } from './failedRuns.ts';
import { bestLines, incompleteLines } from './resultLines.ts';
import { countOf, lastLines, paramsText } from './text.ts';

const mostFailuresShown = 10;
const stderrLines = 5;

/** A sweep that nobody runs any more. */
export interface EndedSweep {
  readonly directory: string;
  readonly header: SweepHeader;
  readonly state: SweepState;
}

/** What a person wants to read when a sweep has ended: what failed and why, what is missing, how many, the best, and where. */
export async function summary({ directory, header, state }: EndedSweep): Promise<string[]> {
  const lines: string[] = [];
  const params = runsReader(directory);
  const label = (id: number): string => runLabel(id, state.createdTotal);
  const { failed, cancelled } = failuresOf(state);
  for (const { id, reason } of failed.slice(0, mostFailuresShown)) {
    const place = runDirectory(directory, id, state.createdTotal);
    const values = paramsText(params(id), header.varying);
    lines.push('', `Run ${label(id)} failed: ${reason}${values === '' ? '' : ` (${values})`}`);
    for (const line of await lastLines(join(place, runNames.stderr), stderrLines)) lines.push(`  | ${line}`);
    lines.push(`  ${place}`);
  }
  const more = failed.length - mostFailuresShown;
  if (more > 0) lines.push('', `… and ${more} more failed; multirun status ${directory} lists them.`);
  if (cancelled.length > 0) {
    const shown = cancelled.slice(0, mostFailuresShown).map(({ id }) => label(id));
    lines.push('', `Cancelled: ${shown.join(', ')}${cancelled.length > shown.length ? ', …' : ''}`);
  }
  const incomplete = incompleteLines({ state });
  if (incomplete.length > 0) lines.push('', ...incomplete);
  if (lines.length > 0) lines.push('');
  const elapsed = elapsedMs(state, Date.now());
  const time = elapsed === undefined ? '' : ` in ${prettyMilliseconds(elapsed)}`;
  lines.push(
    `${header.name}: ${countOf(state.total, 'run')}${time}: ${countsText(state)}`,
    ...bestLines({ header, state, params }),
    `  ${directory}`,
  );
  return lines;
}

/** What failed by itself, and what a person ended. */
function failuresOf(state: SweepState): { failed: FailedRun[]; cancelled: FailedRun[] } {
  const { failed = [], cancelled = [] } = Object.groupBy(failedRuns(state), ({ failure }) =>
    failure.reason === 'cancelled' ? 'cancelled' : 'failed',
  );
  return { failed, cancelled };
}
