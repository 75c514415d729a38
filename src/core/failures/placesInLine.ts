/** A file that a line of a log names, perhaps with a place in it. */
export interface NamedPlace {
  /** Where it stands in the line: from `start` to before `end`, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Path as written. */
  readonly file: string;
  /** Counted from 1, as `column` is. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

const quoted = /File "(?<file>[^"]+)", line (?<line>\d+)/dg;
const fortran = /At line (?<line>\d+) of file (?<file>\S+)/dg;
const token = /[^\s"'`<>{}|;=]+/g;
const position =
  /^(?<file>.+?)(?:\((?<line>\d+),(?<column>\d+)\)|:(?<l>\d+)(?::(?<c>\d+))?)?(?<rest>[:.,)]*)$/;
const mostCharacters = 2000;

/** The files that a line of a log names, in its order. Whether there are such files is for the caller to see. */
export function placesInLine(whole: string): NamedPlace[] {
  const text = whole.slice(0, mostCharacters);
  const found = [...text.matchAll(quoted), ...text.matchAll(fortran)].map(whereNamed);
  for (const match of text.matchAll(token)) {
    const place = inToken(match[0], match.index);
    if (place !== undefined && !found.some(({ start, end }) => place.start < end && start < place.end))
      found.push(place);
  }
  return found.sort((a, b) => a.start - b.start);
}

function whereNamed({ groups, indices }: RegExpMatchArray): NamedPlace {
  const [from = 0, to = 0] = indices?.groups?.file ?? [];
  const [lineFrom = 0, lineTo = 0] = indices?.groups?.line ?? [];
  return {
    start: Math.min(from, lineFrom),
    end: Math.max(to, lineTo),
    file: groups?.file ?? '',
    line: Number(groups?.line),
    column: undefined,
  };
}

function inToken(whole: string, at: number): NamedPlace | undefined {
  // "at f (/home/ada/a.js:1:2)" and "[/home/ada/a.js:1]".
  const opening = /^[([]*/.exec(whole)?.[0].length ?? 0;
  const text = whole.slice(opening).replace(/\]+[.,:]*$/, '');
  const groups = position.exec(text)?.groups;
  const { file, rest = '' } = groups ?? {};
  if (file === undefined) return undefined;
  const line = groups?.line ?? groups?.l;
  const column = groups?.column ?? groups?.c;
  if (!isFile(file, line !== undefined)) return undefined;
  const start = at + opening;
  return {
    start,
    end: start + text.length - rest.length,
    file,
    line: line === undefined ? undefined : Number(line),
    column: column === undefined ? undefined : Number(column),
  };
}

function isFile(text: string, hasLine: boolean): boolean {
  if (/^file:\/\/\/?[\w/]/.test(text)) return true;
  if (/:\/\//.test(text) || !/[A-Za-z]/.test(text) || /[*?()]/.test(text)) return false;
  if (/^(?:\/|~\/|[A-Za-z]:[\\/])[^/]/.test(text)) return true;
  const hasExtension = /[\w-]\.[A-Za-z]\w*$/.test(text);
  return hasExtension && (hasLine || /[/\\]/.test(text));
}
