/**
 * Where a line of a file stands in the file as it is now. A run may have used an older copy: the line is the same, or has
 * moved to the one place where its text stands now, or is gone (undefined), as when somebody has mended it. Lines are
 * counted from 1.
 */
export function movedLine(used: readonly string[], now: readonly string[], line: number): number | undefined {
  const text = used[line - 1];
  if (text === undefined) return undefined;
  if (now[line - 1] === text) return line;
  const places = now.flatMap((other, index) => (other === text ? [index + 1] : []));
  return places.length === 1 && text.trim() !== '' ? places[0] : undefined;
}
