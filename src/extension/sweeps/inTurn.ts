/**
 * Makes work on one key happen once at a time. A call while the work goes on gets work that begins after it; further
 * calls until then share that. `work` must not reject.
 */
export function inTurn(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const going = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();

  const begin = (key: string): Promise<void> => {
    const done = work(key).finally(() => {
      if (going.get(key) === done) going.delete(key);
    });
    going.set(key, done);
    return done;
  };

  return (key) => {
    const shared = next.get(key);
    if (shared !== undefined) return shared;
    const before = going.get(key);
    if (before === undefined) return begin(key);
    const after = before.then(() => {
      next.delete(key);
      return begin(key);
    });
    next.set(key, after);
    return after;
  };
}
