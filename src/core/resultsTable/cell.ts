/**
 * What a cell of a results table holds. A list, and a mapping that is nested too deeply, is a text: its JSON. Undefined
 * where the run has nothing there.
 */
export type Cell = string | number | boolean | null | undefined;

/** Where {@link flatten} stops to unfold mappings. */
const deepest = 8;

/** What {@link flatten} can be told. */
export interface FlattenOptions {
  /** Texts are cut after so many characters. Default: never. */
  readonly longestText?: number;
}

/**
 * Visits the cells of a mapping in order; nested mappings give dotted names. What is no mapping is one cell of the name
 * that `otherwise` says. The texts "Infinity" and "-Infinity", which stand for the numbers in JSON, are those numbers.
 */
export function flatten(
  value: unknown,
  visit: (name: string, cell: Exclude<Cell, undefined>) => void,
  otherwise: string,
  { longestText = Number.POSITIVE_INFINITY }: FlattenOptions = {},
): void {
  const add = (prefix: string, entries: object, depth: number): void => {
    for (const name of Object.keys(entries)) {
      const entry: unknown = (entries as Record<string, unknown>)[name];
      const column = prefix + name;
      if (isMapping(entry) && depth < deepest && !isEmpty(entry)) add(`${column}.`, entry, depth + 1);
      else if (entry !== undefined) visit(column, cellOf(entry, longestText));
    }
  };
  if (isMapping(value)) add('', value, 1);
  else if (value !== undefined) visit(otherwise, cellOf(value, longestText));
}

function cellOf(value: unknown, longestText: number): Exclude<Cell, undefined> {
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return value;
    case 'string':
      return infinities.get(value) ?? cut(value, longestText);
    default:
      return value === null ? null : cut(jsonOf(value), longestText);
  }
}

const infinities: ReadonlyMap<string, number> = new Map([
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    // Nested more deeply than the stack allows.
    if (error instanceof RangeError) return '…';
    throw error;
  }
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function isEmpty(mapping: object): boolean {
  for (const _ in mapping) return false;
  return true;
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A cell as text that a person or a program can read back: numbers in full, booleans and null as JSON has them. */
export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : String(cell);
}
