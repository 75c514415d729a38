import { resolve } from 'node:path';
import { exportRun } from '../core/exportRun.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { runOf } from './takeUpCommand.ts';

/** `multirun export DIR RUN TARGET`: a folder that repeats a run without Multirun. */
export async function exportCommand(path: string, label: string, target: string): Promise<ExitCode> {
  const view = await openSweep(resolve(path));
  const run = runOf(view, label);
  await exportRun(view, run, target);
  process.stdout.write(`${resolve(target)}/run.sh repeats run ${view.label(run)} without Multirun\n`);
  return exitCodes.good;
}
