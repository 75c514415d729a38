/** One of a run's two logs. */
export type LogName = 'stdout' | 'stderr';

/** A place in a source file as a log names it. */
export interface Place {
  /** Path as written: absolute, relative to where the program ran, or a `file:` URL. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1; undefined where the log does not say. */
  readonly column: number | undefined;
  /** The function that the place is in, where the log says so. */
  readonly function: string | undefined;
}

/** Who wrote what a problem was read from. */
export type Tool =
  | 'python'
  | 'node'
  | 'rust'
  | 'julia'
  | 'c++'
  | 'compiler'
  | 'typescript'
  | 'assertion'
  | 'sanitizer'
  | 'fortran'
  | 'sweep file'
  | 'generic';

/** Something that a program said about a place in its source. */
export interface Problem {
  readonly tool: Tool;
  /** `exception`: it ended the program, so that the last one counts. `message`: one of several, which all count. */
  readonly kind: 'exception' | 'message';
  /** What is wrong, on one line: "ValueError: math domain error". */
  readonly message: string;
  /** Where, innermost first; empty where the log does not say. */
  readonly places: readonly Place[];
  /** Index of the line of the log that says the message, from 0. */
  readonly line: number;
}

/** A problem with the lines of the log that belong to it: `from` … `to`-1. */
export interface Found {
  readonly problem: Problem;
  readonly from: number;
  readonly to: number;
}

/** Finds what one kind of tool writes. Lines have neither colours nor line ends. Takes time linear in the log. */
export type Matcher = (lines: readonly string[]) => Found[];

/** Makes a place; a path that stands for no file, such as `<string>` or `node:fs`, makes none. */
export function placeOf(
  file: string,
  line: string,
  column?: string | undefined,
  inFunction?: string | undefined,
): Place[] {
  if (/^(?:<|\[|node:|native\b|internal\/|wasm:|eval\b)/.test(file)) return [];
  return [
    {
      file,
      line: Number(line),
      column: column === undefined ? undefined : Number(column),
      function: inFunction,
    },
  ];
}
