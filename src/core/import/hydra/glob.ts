/** Whether a name matches a pattern as Python's `fnmatch` has it: `*`, `?`, `[abc]`, `[!abc]`. */
export function matchesGlob(name: string, pattern: string): boolean {
  const source = pattern.replaceAll(
    /\*|\?|\[(!?)([^\]]+)\]|./gsu,
    (part, negated: string | undefined, set: string | undefined) => {
      if (part === '*') return '.*';
      if (part === '?') return '.';
      if (set !== undefined) return `[${negated ? '^' : ''}${set.replaceAll(/[\\^[]/g, '\\$&')}]`;
      return part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`, 'su').test(name);
}
