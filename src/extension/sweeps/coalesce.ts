/** Work that is asked for often and done seldom. */
export interface Coalesced {
  /** Asks for the work: it begins within `delayMs`, and once more after it if it is asked for meanwhile. */
  request(): void;
  dispose(): void;
}

/** Does `work` at most once at a time, and begins it at most once each `delayMs`. `work` must not reject. */
export function coalesce(delayMs: number, work: () => Promise<void>): Coalesced {
  let timer: NodeJS.Timeout | undefined;
  let working = false;
  let wanted = false;
  let disposed = false;

  const begin = async () => {
    timer = undefined;
    working = true;
    wanted = false;
    await work();
    working = false;
    if (wanted) schedule();
  };
  const schedule = () => {
    if (disposed || timer !== undefined) return;
    timer = setTimeout(() => void begin(), delayMs);
  };

  return {
    request: () => {
      wanted = true;
      if (!working) schedule();
    },
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
