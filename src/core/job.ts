import type { RunRange, RunsSubmitted } from './event.ts';
import { type RunTable, runAt } from './runTable.ts';

/** A job array of a cluster that holds runs of a sweep. */
export type Job = Omit<RunsSubmitted, 'type'>;

/** Where a run waits or runs: a task of a job. */
export interface TaskOfRun {
  readonly job: Job;
  /** Index of the task in the job's array, counted from 0. */
  readonly task: number;
}

/** The same jobs and this one, which replaces what was known of a job of its name. */
export function withJob(jobs: readonly Job[], { type: _, ...job }: RunsSubmitted): readonly Job[] {
  const known = jobs.findIndex(({ name }) => name === job.name);
  return known < 0 ? [...jobs, job] : jobs.with(known, job);
}

/**
 * The task of a cluster in which a run of a sweep waits or runs; undefined where it has none: it was not submitted, or is
 * wanted again since.
 */
export function submittedTask(
  { jobs, runs }: { readonly jobs: readonly Job[]; readonly runs: RunTable },
  id: number,
): TaskOfRun | undefined {
  if (jobs.length === 0) return undefined;
  const run = runAt(runs, id);
  if (run.status === 'pending' ? run.unsubmitted : run.status !== 'running') return undefined;
  return taskOfRun(jobs, id);
}

/** The task that has a run; undefined where no job has it. Of several jobs the last one counts. */
export function taskOfRun(jobs: readonly Job[], run: number): TaskOfRun | undefined {
  for (let index = jobs.length - 1; index >= 0; index--) {
    const job = jobs[index] as Job;
    const position = positionIn(job.runs, run);
    if (position !== undefined) return { job, task: Math.floor(position / job.runsPerTask) };
  }
  return undefined;
}

function positionIn(ranges: readonly RunRange[], run: number): number | undefined {
  let before = 0;
  for (const [first, last] of ranges) {
    if (run >= first && run <= last) return before + run - first;
    before += last - first + 1;
  }
  return undefined;
}

/** The runs of a job's task, in the order in which it runs them. */
export function runsOfTask({ runs, runsPerTask }: Pick<Job, 'runs' | 'runsPerTask'>, task: number): number[] {
  const found: number[] = [];
  let skip = task * runsPerTask;
  for (const [first, last] of runs) {
    for (let run = first + skip; run <= last && found.length < runsPerTask; run++) found.push(run);
    skip = Math.max(0, skip - (last - first + 1));
  }
  return found;
}

/** Consecutive ids as ranges; in the order given. */
export function rangesOf(ids: Iterable<number>): RunRange[] {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last !== undefined && id === last[1] + 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}
