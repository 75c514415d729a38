/** Work that waits, at most one for each key. */
export interface Delays {
  /** Does the work after so long, in place of what waits under the same key. */
  start(key: string, delayMs: number, work: () => void): void;
  /** Drops what waits under a key. */
  cancel(key: string): void;
  /** Drops all that waits. */
  dispose(): void;
}

/** Nothing waits yet. */
export function createDelays(): Delays {
  const timers = new Map<string, NodeJS.Timeout>();
  const cancel = (key: string) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
  };
  return {
    cancel,
    start: (key, delayMs, work) => {
      cancel(key);
      timers.set(
        key,
        setTimeout(() => {
          timers.delete(key);
          work();
        }, delayMs),
      );
    },
    dispose: () => {
      for (const key of [...timers.keys()]) cancel(key);
    },
  };
}
