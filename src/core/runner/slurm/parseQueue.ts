/** How a task stands in Slurm's queue. */
export interface QueueEntry {
  /** Slurm's own word: PENDING, RUNNING, COMPLETING … */
  readonly state: string;
  /** Why it waits, in Slurm's own word: Priority, Resources, JobArrayTaskLimit …; "None" where it does not. */
  readonly reason: string;
  /** Where it runs; empty while it waits. */
  readonly node: string;
}

/** What is in the queue: by the ids of jobs, then by tasks. Many tasks that wait are one line of squeue's, and one entry here. */
export interface Queue {
  /** The entry of a task; undefined where the queue does not have it. */
  entry(job: string, task: number): QueueEntry | undefined;
  /** All tasks of a job that are in the queue. */
  tasks(job: string): Iterable<readonly [task: number, entry: QueueEntry]>;
}

/** What squeue is to print: the same words in all its versions, where its JSON is another one in each, and 20 times the work. */
export const queueFormat = '%F|%K|%T|%N|%r';

interface Lines {
  readonly single: Map<number, QueueEntry>;
  readonly ranges: { readonly first: number; readonly last: number; readonly entry: QueueEntry }[];
}

/** Understands what squeue printed in {@link queueFormat}. */
export function parseQueue(text: string): Queue {
  const jobs = new Map<string, Lines>();
  for (const line of text.split('\n')) {
    const [job = '', indexes = '', state = '', node = '', ...reason] = line.split('|');
    if (job === '' || state === '') continue;
    let lines = jobs.get(job);
    if (lines === undefined) {
      lines = { single: new Map(), ranges: [] };
      jobs.set(job, lines);
    }
    const entry = { state, node, reason: reason.join('|') };
    for (const [first, last] of indexRanges(indexes)) {
      if (first === last) lines.single.set(first, entry);
      else lines.ranges.push({ first, last, entry });
    }
  }
  return {
    entry(job, task) {
      const lines = jobs.get(job);
      return (
        lines?.single.get(task) ??
        lines?.ranges.find(({ first, last }) => task >= first && task <= last)?.entry
      );
    },
    *tasks(job) {
      const lines = jobs.get(job);
      if (lines === undefined) return;
      yield* lines.single;
      for (const { first, last, entry } of lines.ranges)
        for (let task = first; task <= last; task++) yield [task, entry];
    },
  };
}

/** Indexes as squeue writes them: `7`, `3-5,20-30%3`, `0-8:2`, `N/A` for a job that is no array. */
export function indexRanges(written: string): [first: number, last: number][] {
  if (written === 'N/A') return [[0, 0]];
  return written
    .replace(/%\d+$/, '')
    .split(',')
    .flatMap((part): [number, number][] => {
      const [, first, last, step] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part) ?? [];
      if (first === undefined) return [];
      if (step === undefined) return [[Number(first), Number(last ?? first)]];
      const all: [number, number][] = [];
      for (let index = Number(first); index <= Number(last); index += Number(step)) all.push([index, index]);
      return all;
    });
}

/** Indexes as Slurm takes them: `0-5,9`. */
export function indexText(indexes: Iterable<number>): string {
  const ranges: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && index <= last[1] + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}
