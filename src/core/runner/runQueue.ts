/** The runs that wait to be started, in the order in which they will be. */
export interface RunQueue {
  /** How many wait, those included whose time has not come. */
  readonly size: number;
  /** Takes the next run; undefined where none is due. */
  take(): number | undefined;
  /** How long until the next run is due, in ms; undefined where none only waits for its time. */
  dueInMs(): number | undefined;
  /** Puts a run behind all others. */
  add(run: number): void;
  /** Puts a run in front of all others that are due, after so many ms. */
  addRetry(run: number, delayMs: number): void;
  /** Takes a run out; does nothing where it does not wait. */
  remove(run: number): void;
  clear(): void;
  /** Lets the runs come that are behind the canaries. */
  unlock(): void;
}

const removed = -1;

/** A queue of the wanted runs: the canaries among them first, and while there are canaries the others only after {@link RunQueue.unlock}. */
export function runQueue(wanted: Iterable<number>, canaries: ReadonlySet<number>): RunQueue {
  const first = [...wanted].filter((run) => canaries.has(run));
  let isLocked = canaries.size > 0;
  let runs = [...first, ...[...wanted].filter((run) => !canaries.has(run))];
  let next = 0;
  let size = runs.length;
  let retries: { readonly run: number; readonly at: number }[] = [];

  function takeRetry(): number | undefined {
    const [retry] = retries;
    if (retry === undefined || retry.at > performance.now()) return undefined;
    retries = retries.slice(1);
    return retry.run;
  }

  function takeNext(): number | undefined {
    while (next < runs.length && !(isLocked && next >= first.length)) {
      const run = runs[next++];
      if (run !== removed) return run;
    }
    return undefined;
  }

  return {
    get size() {
      return size;
    },
    take() {
      const run = takeRetry() ?? takeNext();
      if (run !== undefined) size -= 1;
      return run;
    },
    dueInMs() {
      const [retry] = retries;
      return retry && Math.max(0, retry.at - performance.now());
    },
    add(run) {
      runs.push(run);
      size += 1;
    },
    addRetry(run, delayMs) {
      const at = performance.now() + delayMs;
      const position = retries.findIndex((other) => other.at > at);
      retries = retries.toSpliced(position < 0 ? retries.length : position, 0, { run, at });
      size += 1;
    },
    remove(run) {
      const index = runs.indexOf(run, next);
      const before = retries.length;
      retries = retries.filter((retry) => retry.run !== run);
      if (index >= 0) runs[index] = removed;
      if (index >= 0 || retries.length < before) size -= 1;
    },
    clear() {
      runs = [];
      next = 0;
      retries = [];
      size = 0;
    },
    unlock() {
      isLocked = false;
    },
  };
}
