/** What `setTimeout` can count, in ms: about 24.8 days. */
const longest = 2 ** 31 - 1;

/** Calls `action` after `delayMs`, however long that is. Returns what calls it off. */
export function longTimer(delayMs: number, action: () => void): () => void {
  let left = delayMs;
  let timer: NodeJS.Timeout;
  function arm(): void {
    const part = Math.min(left, longest);
    left -= part;
    timer = setTimeout(left > 0 ? arm : action, part);
  }
  arm();
  return () => clearTimeout(timer);
}
