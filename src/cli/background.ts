import { type CarryOrder, carryDetached } from '../core/detach.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';

/** Lets a process of its own carry a sweep, and says how to reach it. */
export async function inBackground(order: CarryOrder): Promise<ExitCode> {
  const { directory } = order;
  await carryDetached(order, { program: [process.execPath, process.argv[1] ?? ''] });
  process.stdout.write(
    `${directory}\nruns on its own, whatever becomes of this terminal. To watch it: multirun attach ${directory}\n`,
  );
  return exitCodes.good;
}
