const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const time =
  /\b\d{4}-\d\d-\d\d(?:[T _]\d\d[:-]\d\d(?:[:-]\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g;
const address = /\b0x[0-9a-f]+\b/gi;
/** A number by itself: digits behind a letter belong to a name or a code, such as "float64" or "E0308". */
const number = /(?<![\p{L}\d])[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\p{L}])/giu;
const word = /[^\s"'`()[\]{}<>,;=|]+/g;

/**
 * A message without what differs between runs that fail for the same reason: numbers, addresses, times and identifiers
 * become "#", and of a path its last name is left: "cannot read …/x_#.csv at 0x#".
 */
export function normalise(message: string): string {
  return shortenPaths(message)
    .replace(uuid, '#')
    .replace(time, '#')
    .replace(address, '0x#')
    .replace(number, '#');
}

/** A text in which each path is cut to its last name: "…/lander.py". */
export function shortenPaths(text: string): string {
  return text.replace(word, (candidate) => {
    const [, path = candidate, rest = ''] = /^(.*?)((?::\d+){0,2}[:.]?)$/.exec(candidate) ?? [];
    if (!isPath(path)) return candidate;
    const name = path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1);
    return `…/${name}${rest}`;
  });
}

function isPath(text: string): boolean {
  if (/^(?:file:\/\/|~\/|\.{1,2}[/\\]|[A-Za-z]:[\\/])/.test(text)) return true;
  if (/^[a-z][a-z+.-]*:\/\//i.test(text)) return false;
  const separators = text.match(/[/\\]/g)?.length ?? 0;
  if (separators === 0) return false;
  // Not "m/s", "and/or" or "1/2".
  return /^\/[\w.~-]/.test(text) || separators >= 2 || /[/\\][^/\\]+\.\w+$/.test(text);
}
