import { obeyOrder } from '../core/detach.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';

/**
 * `multirun carry`, for other processes of Multirun: carries a sweep to its end, as told on standard input. A signal to end, as
 * every process gets when a machine is shut down, leaves the sweep for whoever takes it up next; its runs go on.
 */
export async function carryCommand(): Promise<ExitCode> {
  // Runs are to find the environment of a terminal, not the one that makes an editor's program run this script.
  delete process.env.ELECTRON_RUN_AS_NODE;
  process.on('SIGHUP', () => {});
  const sweep = await obeyOrder(process.stdin, process.stdout);
  if (sweep === undefined) return exitCodes.badInput;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void sweep.leave());
  const { counts, total } = await sweep.finished;
  return counts.success === total ? exitCodes.good : exitCodes.failedRuns;
}
