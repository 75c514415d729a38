import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending } from '../../failure.ts';
import { submittedTask } from '../../job.ts';
import { runAt } from '../../runTable.ts';
import { sweepNames } from '../../sweepDirectory/layout.ts';
import type { Carried } from './carried.ts';

/**
 * Ends a running run. Why is in the journal before anything is signalled; a task that has no other run left is cancelled as
 * a whole when the queue is next looked at.
 */
export function endRun({ sweep, call }: Carried, run: number, ending: Ending): void {
  const known = runAt(sweep.state.runs, run);
  if (known.status !== 'running' || known.ending !== undefined) return;
  sweep.record({ type: 'ending', run, ending });
  mark({ sweep }, run);
  const task = submittedTask(sweep.state, run);
  if (task?.job.job === undefined || task.job.runsPerTask === 1) return;
  // Its neighbours in the task go on: the task is told to look which run is meant.
  const name = `${task.job.job}_${task.task}`;
  void sweep
    .flush()
    .then(() => call('scancel', ['--batch', '--signal=USR1', name]))
    .catch(() => {});
}

/** Tells tasks, by a file, that a run is not wanted any more. */
export function mark({ sweep }: Pick<Carried, 'sweep'>, run: number): void {
  const task = submittedTask(sweep.state, run);
  if (task === undefined || task.job.runsPerTask === 1) return;
  const folder = join(sweep.directory, sweepNames.slurm, 'cancelled');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(run)), '');
}
