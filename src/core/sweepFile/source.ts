import type { Diagnostic, DiagnosticCode, TextRange } from '../diagnostic.ts';
import type { ParamValue } from '../run.ts';

/** A node of a sweep file's text: a value and where it stands. An alias is the very node that its anchor names. */
export type SourceNode = ScalarNode | ListNode | MapNode;

interface AnyNode {
  /** Without the line break or blank space behind it; empty where a key has no value. */
  readonly range: TextRange;
  /** What the node says, as JSON would hold it. */
  readonly value: ParamValue;
  /** How many nodes it has, with everything that aliases repeat. */
  readonly size: number;
}

export interface ScalarNode extends AnyNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly style: 'plain' | 'quoted' | 'block';
  /** The characters in the file, quotes and escapes included. */
  readonly written: string;
}

export interface ListNode extends AnyNode {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface MapNode extends AnyNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  readonly keyRange: TextRange;
  readonly node: SourceNode;
}

/** Steps from the top of the file: keys of mappings and positions in lists. */
export type SourcePath = readonly (string | number)[];

/** Where a value stands, and its key where it has one. */
export interface Located {
  readonly key: TextRange | undefined;
  readonly node: SourceNode;
}

/** Finds what a path leads to; undefined where the file has nothing there. */
export function locate(root: SourceNode, path: SourcePath): Located | undefined {
  let found: Located = { key: undefined, node: root };
  for (const step of path) {
    const { node } = found;
    if (node.kind === 'map') {
      const entry = node.entries.get(String(step));
      if (entry === undefined) return undefined;
      found = { key: entry.keyRange, node: entry.node };
    } else if (node.kind === 'list' && typeof step === 'number') {
      const item = node.items[step];
      if (item === undefined) return undefined;
      found = { key: undefined, node: item };
    } else {
      return undefined;
    }
  }
  return found;
}

/** Where a problem with a value is shown: the value where it fits on one line, otherwise its key or its first line. */
export function pointAt(text: string, { key, node }: Located): TextRange {
  const { start, end } = node.range;
  const lineBreak = text.slice(start, end).search(/[\r\n]/);
  if (end > start && lineBreak < 0) return node.range;
  if (key !== undefined) return key;
  return { start, end: lineBreak < 0 ? end : start + lineBreak };
}

/** Where a problem with a whole node is shown: the first key of a mapping, otherwise as {@link pointAt} says. */
export function pointAtStart(text: string, located: Located): TextRange {
  const { node } = located;
  const first = node.kind === 'map' ? node.entries.values().next().value : undefined;
  return first?.keyRange ?? pointAt(text, located);
}

/** A path as a person writes it: `input_files[0].path`. */
export function formatPath(path: SourcePath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** What a node is, in words: "a list", "the number 2.5", "nothing". */
export function describeNode(node: SourceNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  if (node.value === null) return node.written === '' ? 'nothing' : 'null';
  if (typeof node.value === 'string') return 'a string';
  return typeof node.value === 'number' ? `the number ${node.written}` : `the truth value ${node.written}`;
}

/** Takes a problem that was found; an error unless the last argument says otherwise. */
export type Report = (
  code: DiagnosticCode,
  range: TextRange,
  message: string,
  more?: { readonly suggestion?: string | undefined; readonly severity?: Diagnostic['severity'] },
) => void;

/** More problems than anybody reads; those that are found later are left out. */
const mostDiagnostics = 1000;

/** Problems as they are found. */
export interface Findings {
  readonly found: Diagnostic[];
  readonly report: Report;
  /** Whether any further problem would be left out, so that looking for one is in vain. */
  isFull(): boolean;
}

/** An empty list of problems and the function that adds to it. */
export function collectDiagnostics(): Findings {
  const found: Diagnostic[] = [];
  const isFull = (): boolean => found.length >= mostDiagnostics;
  const report: Report = (code, range, message, { suggestion, severity = 'error' } = {}) => {
    if (isFull()) return;
    found.push({ code, severity, message, range, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  return { found, report, isFull };
}

/** The range from `start` to `end`, cut to what the text has. */
export function rangeWithin(text: string, start: number, end: number): TextRange {
  const first = Math.max(0, Math.min(start, text.length));
  return { start: first, end: Math.max(first, Math.min(end, text.length)) };
}
