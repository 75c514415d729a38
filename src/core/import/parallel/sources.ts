import { MultirunError } from '../../errors.ts';
import type { ParallelOptions, Source } from './parseLine.ts';

/** Arguments that go together: in each job, one row of all columns. */
export interface Group {
  readonly columns: readonly Column[];
}

/** The arguments of one place, `{1}`. All columns of a group are equally long. */
export interface Column {
  /** From the header; undefined without one. */
  readonly name: string | undefined;
  readonly values: readonly string[];
}

/** What the sources are read with. */
export interface Surroundings {
  /** The lines of a file. */
  readonly linesOf: (path: string) => readonly string[];
  /** The absolute path of a file of the current directory; undefined where there is no such file. */
  readonly placeOf: (path: string) => string | undefined;
}

/**
 * The arguments that the sources give, as groups whose rows are combined each with each; the last group varies fastest.
 * Throws a MultirunError for what cannot be imported.
 */
export function readSources(
  sources: readonly Source[],
  options: ParallelOptions,
  { linesOf, placeOf }: Surroundings,
): readonly Group[] {
  if (sources.length === 0) {
    throw new MultirunError(
      'invalid-argument',
      'no input source: write ::: and the values, or :::: and a file with a value in each line',
    );
  }
  const read = sources.map(({ kind, words, isLinked }) => {
    const lines = kind === 'values' ? words : linesOf(words[0] ?? '');
    const columns = columnsOf(lines, options).map((column) => ({
      ...column,
      values: withPlaces(column.values, placeOf),
    }));
    return { columns, isLinked };
  });
  for (const { columns } of read) {
    if (columns[0] === undefined || columns[0].values.length === 0) {
      throw new MultirunError('invalid-argument', 'an input source has no values, so that nothing would run');
    }
  }
  if (options.isLinked) return [wrapped(read.flatMap(({ columns }) => columns))];
  const groups: Column[][] = [];
  for (const { columns, isLinked } of read) {
    const before = groups.at(-1);
    if (isLinked && before !== undefined) before.push(...columns);
    else groups.push([...columns]);
  }
  return groups.map(shortest).map((columns) => ({ columns }));
}

function columnsOf(lines: readonly string[], { colsep, hasHeader }: ParallelOptions): Column[] {
  const separator = colsep === undefined ? undefined : regexOf(colsep);
  const rows = lines.map((line) => (separator === undefined ? [line] : line.split(separator)));
  const names = hasHeader ? (rows.shift() ?? []) : [];
  const width = rows[0]?.length ?? names.length;
  const uneven = rows.findIndex((row) => row.length !== width);
  if (uneven >= 0) {
    throw new MultirunError(
      'invalid-argument',
      `--colsep: ${JSON.stringify(lines[uneven + (hasHeader ? 1 : 0)])} has ${rows[uneven]?.length} columns, and the first line has ${width}`,
    );
  }
  return Array.from({ length: Math.max(1, width) }, (_, column) => ({
    name: names[column],
    values: rows.map((row) => row[column] ?? ''),
  }));
}

function regexOf(source: string): RegExp {
  try {
    // Groups would become columns of their own.
    return new RegExp(source.replaceAll(/(?<!\\)\((?!\?)/g, '(?:'));
  } catch (error) {
    throw new MultirunError('invalid-argument', `--colsep ${source}: ${(error as Error).message}`);
  }
}

/** Names of files are made absolute, since each run starts in a directory of its own; where all values are files, they are meant as such. */
function withPlaces(values: readonly string[], placeOf: Surroundings['placeOf']): readonly string[] {
  const places = values.map(placeOf);
  return places.every((place) => place !== undefined) ? places : values;
}

/** `:::+`: what is longer is cut. */
function shortest(columns: readonly Column[]): Column[] {
  const length = Math.min(...columns.map(({ values }) => values.length));
  return columns.map(({ name, values }) => ({ name, values: values.slice(0, length) }));
}

/** `--link`: what is shorter begins again. */
function wrapped(columns: readonly Column[]): Group {
  const length = Math.max(...columns.map(({ values }) => values.length));
  return {
    columns: columns.map(({ name, values }) => ({
      name,
      values: Array.from({ length }, (_, row) => values[row % values.length] ?? ''),
    })),
  };
}

/** Gives each job several arguments of one source: `-N 2`. */
export function severalEach(groups: readonly Group[], each: number): readonly Group[] {
  if (each === 1) return groups;
  const [group] = groups;
  const values = group?.columns[0]?.values ?? [];
  if (groups.length !== 1 || group?.columns.length !== 1) {
    throw new MultirunError('invalid-argument', `-N ${each} is understood for one input source alone`);
  }
  if (values.length % each !== 0) {
    throw new MultirunError(
      'invalid-argument',
      `${values.length} arguments cannot be given ${each} at a time: the last job would have fewer`,
    );
  }
  const rows = values.length / each;
  const columns = Array.from({ length: each }, (_, column) => ({
    name: undefined,
    values: Array.from({ length: rows }, (_, row) => values[row * each + column] ?? ''),
  }));
  return [{ columns }];
}
