import { join } from 'node:path';
import prettyMilliseconds from 'pretty-ms';
import { mostRunsUnasked } from '../core/defaults.ts';
import { displayStatus, isTerminal } from '../core/displayStatus.ts';
import { launchSweepFile } from '../core/launch.ts';
import { elapsedMs } from '../core/progressLine.ts';
import { runDirectory, runLabel, runNames } from '../core/sweepDirectory/layout.ts';
import { runsReader } from '../core/sweepDirectory/runsFile.ts';
import type { SweepHandle } from '../core/sweepHandle.ts';
import type { SweepState } from '../core/sweepState.ts';
import { confirm } from './confirm.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { countsText, type FailedRun, failedRuns } from './failedRuns.ts';
import { type Interruption, listenToInterrupts } from './interrupts.ts';
import { openSweepFile } from './openSweepFile.ts';
import { askAtPauses } from './pauses.ts';
import { bestLines, incompleteLines } from './resultLines.ts';
import { countOf, lastLines, paramsText } from './text.ts';

const mostFailuresShown = 10;
const stderrLines = 5;

/** `multirun run FILE`: runs all runs of a sweep file and waits for them. */
export async function runCommand(
  path: string,
  {
    maxParallel,
    output,
    yes = false,
  }: { readonly maxParallel?: number; readonly output?: string; readonly yes?: boolean },
): Promise<ExitCode> {
  const loaded = await openSweepFile(path);
  if (loaded === undefined) return exitCodes.badInput;
  if (!yes && !(await isWanted(path, loaded.runnable.plan.size))) return exitCodes.badInput;
  const isLive = isTerminal(process.stdout);
  using interrupts = listenToInterrupts((interruption) => {
    // In a terminal the line below the bar says it.
    if (!isLive) process.stderr.write(`${noticeOf(interruption)}\n`);
  });
  const sweep = await launchSweepFile(loaded, { maxParallel, outputPath: output });
  interrupts.watch(sweep);
  const { name } = sweep.header;
  const { total, maxParallel: parallel } = sweep.state;
  print([`${name}: ${countOf(total, 'run')}, at most ${parallel} at a time, in ${sweep.directory}`]);
  using pauses = askAtPauses(sweep);
  const notice = (): string | undefined => noticeOf(interrupts.interruption) ?? pauses.question;
  const [state] = await Promise.all([
    sweep.finished,
    displayStatus(sweep.runner, { stream: process.stdout, name, notice }),
  ]);
  print(await summary(sweep, state));
  if (interrupts.interruption !== 'none') return exitCodes.interrupted;
  return isGood(state) ? exitCodes.good : exitCodes.failedRuns;
}

/** As in GNU parallel, a sweep that was to halt after so many successes, and did, is a good one. */
function isGood({ counts, total, halted }: SweepState): boolean {
  return counts.success === total || halted?.includes(',success=') === true;
}

/** Whether so many runs are meant; says what to do where nobody can be asked. */
async function isWanted(path: string, size: number): Promise<boolean> {
  if (size <= mostRunsUnasked) return true;
  const runs = `${size.toLocaleString('en')} runs`;
  const answer = await confirm(`${path} plans ${runs}, each with a directory of its own. Start them?`);
  if (answer !== undefined) return answer;
  process.stderr.write(
    `multirun: ${path} plans ${runs}; nothing was started. To start so many, add --yes.\n`,
  );
  return false;
}

function noticeOf(interruption: Interruption): string | undefined {
  if (interruption === 'stop')
    return 'Nothing more is started. Running runs finish; Ctrl-C again terminates them.';
  return interruption === 'cancel'
    ? 'Nothing more is started, and running runs are being terminated.'
    : undefined;
}

async function summary({ directory, header }: SweepHandle, state: SweepState): Promise<string[]> {
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

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
