import { resolve } from 'node:path';
import { askSweep } from '../core/askSweep.ts';
import type { AskedControls } from '../core/controls.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { runOf } from './takeUpCommand.ts';

/** `multirun pause|stop DIR`, `multirun max-parallel DIR N`: asks the process that carries a sweep, and says that it did so. */
export async function controlCommand(
  path: string,
  ask: (controls: AskedControls) => Promise<void>,
  done: string,
): Promise<ExitCode> {
  const { directory, header } = await openSweep(resolve(path));
  await askSweep(directory, ask);
  process.stdout.write(`${header.name} ${done}\n`);
  return exitCodes.good;
}

/** `multirun cancel DIR [RUN…] [--pending]`: the whole sweep, some of its runs, or what has not begun. */
export async function cancelCommand(
  path: string,
  labels: readonly string[],
  { pending }: { readonly pending?: true },
): Promise<ExitCode> {
  const view = await openSweep(resolve(path));
  const runs = labels.map((label) => runOf(view, label));
  await askSweep(view.directory, async (controls) => {
    if (runs.length > 0) await controls.cancelRuns(runs);
    else if (pending) await controls.cancelPending();
    else await controls.cancel();
  });
  const what = runs.length > 0 ? `run ${labels.join(', ')}` : pending ? 'what has not begun' : 'all runs';
  process.stdout.write(`${view.header.name}: cancelled ${what}\n`);
  return exitCodes.good;
}
