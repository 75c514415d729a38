import { type CarryOrder, carryDetached } from '../core/detach.ts';
import type { SweepHandle } from '../core/sweepHandle.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { countOf } from './text.ts';

/** Lets a cluster carry a sweep, which needs no process for that, and says how to reach it. */
export async function handOver(begin: () => Promise<SweepHandle>): Promise<ExitCode> {
  const sweep = await begin();
  const { directory, header } = sweep;
  await sweep.runner.handedOver();
  await sweep.leave();
  const { length } = sweep.state.jobs;
  process.stdout.write(
    `${directory}\n${header.name}: ${countOf(sweep.state.total, 'run')} submitted in ${countOf(length, 'job array')}. To watch it: multirun attach ${directory}\n`,
  );
  return exitCodes.good;
}

/** Lets a process of its own carry a sweep, and says how to reach it. */
export async function inBackground(order: CarryOrder): Promise<ExitCode> {
  const { directory } = order;
  await carryDetached(order, { program: [process.execPath, process.argv[1] ?? ''] });
  process.stdout.write(
    `${directory}\nruns on its own, whatever becomes of this terminal. To watch it: multirun attach ${directory}\n`,
  );
  return exitCodes.good;
}
