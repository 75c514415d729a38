import { MultirunError } from '../../errors.ts';
import type { ParamMap, ParamValue } from '../../run.ts';
import { sweepFileSchema } from '../../sweepFile/schema.ts';
import { escapeTemplate } from '../../template.ts';
import {
  type ImportedSpace,
  type ImportedSweep,
  type ParameterBlock,
  parameterNameFor,
  paramValueOf,
} from '../importedSweep.ts';
import { type ParallelOptions, parseParallelLine } from './parseLine.ts';
import { type ArgumentPart, type Piece, partOf, splitReplacements } from './replacements.ts';
import { type Group, readSources, type Surroundings, severalEach } from './sources.ts';
import { scriptOf, wordsOf } from './words.ts';

/** Jobs that differ in nothing but their number are listed one by one; so many at most. */
const mostListed = 100_000;

const aboutShell = "The shell runs in each run's own directory: relative paths in its command begin there.";

/**
 * The sweep that a command line of GNU parallel is. What a shell would do with the command is done by a shell, but its
 * arguments reach it as arguments. Throws a MultirunError for what cannot be imported.
 */
export function importParallel(words: readonly string[], surroundings: Surroundings): ImportedSweep {
  const { command, sources, options, notes } = parseParallelLine(words);
  const each = wholeNumber(options.argumentsEach, '-N') ?? 1;
  const groups = severalEach(readSources(sources, options, surroundings), Math.max(1, each));
  const parameters = parametersOf(groups, command.length === 0);
  const { cmd, usesJob } = each === 0 ? withoutArguments(command) : commandOf(command, parameters, options);
  const { settings, notes: moreNotes } = settingsOf(options);
  return {
    cmd,
    space: each === 0 ? numbered(rowsOf(groups)) : spaceOf(parameters, usesJob),
    more: settings,
    notes: [...notes, ...moreNotes, ...(cmd[1] === '-c' ? [aboutShell] : [])],
  };
}

/** Jobs without arguments, each with its number. */
function numbered(count: number): ParameterBlock {
  return { parameters: { job: { min: 1, max: count, step: 1 } } };
}

/** What the jobs are given, by parameters. */
interface Parameters {
  readonly groups: readonly ParameterGroup[];
  /** The parameter that is a part of a column's arguments; it is made when it is first asked for. */
  parameterOf(column: number, part: ArgumentPart): string;
  /** By column, over all groups: the name from the header. */
  readonly headers: readonly (string | undefined)[];
  /** A name that no parameter has. */
  freeName(wanted: string): string;
}

interface ParameterGroup {
  readonly length: number;
  readonly values: Map<string, readonly string[]>;
}

const partNames: Readonly<Record<ArgumentPart, string>> = {
  '': '',
  '.': '_noext',
  '/': '_name',
  '//': '_dir',
  '/.': '_stem',
};

function parametersOf(groups: readonly Group[], areCommands: boolean): Parameters {
  const columns = groups.flatMap(({ columns: own }, group) => own.map((column) => ({ ...column, group })));
  const taken = new Set<string>();
  const made: ParameterGroup[] = groups.map(({ columns: own }) => ({
    length: own[0]?.values.length ?? 0,
    values: new Map(),
  }));
  const names = new Map<string, string>();
  const freeName = (wanted: string): string => {
    const name = parameterNameFor(wanted, taken);
    taken.add(name);
    return name;
  };
  const base = areCommands ? 'command' : 'arg';
  const own = columns.map(({ name, values, group }, index) => {
    const given = freeName((name ?? '').trim() || (columns.length === 1 ? base : `${base}${index + 1}`));
    made[group]?.values.set(given, values);
    return given;
  });
  return {
    groups: made,
    headers: columns.map(({ name }) => name),
    freeName,
    parameterOf(column, part) {
      if (part === '') return own[column] as string;
      const key = `${column} ${part}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const name = freeName(`${own[column]}${partNames[part]}`);
      const { values = [], group = 0 } = columns[column] ?? {};
      made[group]?.values.set(
        name,
        values.map((value) => partOf(value, part)),
      );
      names.set(key, name);
      return name;
    },
  };
}

interface ImportedCommand {
  readonly cmd: readonly string[];
  /** The parameter that holds the number of the job, where the command takes it. */
  readonly usesJob: string | undefined;
}

function commandOf(
  command: readonly string[],
  parameters: Parameters,
  options: ParallelOptions,
): ImportedCommand {
  const places = { names: parameters.headers, all: options.replacement ?? '{}' };
  if (command.length === 0) {
    const all = parameters.headers.map((_, column) => `\${${parameters.parameterOf(column, '')}}`);
    return { cmd: ['bash', '-c', all.join(' ')], usesJob: undefined };
  }
  const split = (text: string): Piece[] => splitReplacements(text, places);
  const isUsed = command.some((word) => split(word).some(({ kind }) => kind !== 'text'));
  const all = isUsed ? command : [...command, places.all];
  let usesJob: string | undefined;
  const nameOf = (piece: Exclude<Piece, { kind: 'text' | 'slot' }>): string => {
    if (piece.kind === 'argument') return parameters.parameterOf(piece.column, piece.part);
    usesJob ??= parameters.freeName('job');
    return usesJob;
  };
  const templateOf = (word: readonly Piece[]): string =>
    word
      .map((piece) => {
        if (piece.kind === 'text') return escapeTemplate(piece.text);
        if (piece.kind === 'slot')
          throw new MultirunError('invalid-argument', '{%} needs a shell, and -q leaves it out');
        return `\${${nameOf(piece)}}`;
      })
      .join('');
  if (options.isQuoted) return { cmd: all.map((word) => templateOf(split(word))), usesJob };
  const pieces = split(all.join(' '));
  const words = wordsOf(pieces);
  if (words !== undefined) return { cmd: words.map(templateOf), usesJob };
  const given: string[] = [];
  const script = scriptOf(pieces, (piece) => {
    if (piece.kind === 'text' || piece.kind === 'slot') return 0;
    const name = nameOf(piece);
    if (!given.includes(name)) given.push(name);
    return given.indexOf(name) + 1;
  });
  return {
    cmd: ['bash', '-c', escapeTemplate(script), 'bash', ...given.map((name) => `\${${name}}`)],
    usesJob,
  };
}

/** `-N0`: the command as it is, once for each argument. */
function withoutArguments(command: readonly string[]): ImportedCommand {
  const pieces: Piece[] = [{ kind: 'text', text: command.join(' ') }];
  const words = wordsOf(pieces);
  const cmd = words?.map((word) =>
    escapeTemplate(word.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')),
  );
  return { cmd: cmd ?? ['bash', '-c', escapeTemplate(command.join(' '))], usesJob: undefined };
}

function spaceOf({ groups, freeName }: Parameters, usesJob: string | undefined): ImportedSpace {
  const hasTwins = groups.some(({ length, values }) => {
    const columns = [...values.values()];
    return (
      new Set(Array.from({ length }, (_, row) => JSON.stringify(columns.map((column) => column[row])))).size <
      length
    );
  });
  if (hasTwins || usesJob !== undefined) return { runs: runsOf(groups, usesJob ?? freeName('job')) };
  const blocks = groups.map(blockOf);
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) return only;
  const isGrid = blocks.every(({ method }) => method === undefined);
  return isGrid
    ? { parameters: Object.assign({}, ...blocks.map(({ parameters }) => parameters)) }
    : { cross: blocks };
}

function blockOf({ values }: ParameterGroup): ParameterBlock {
  const parameters = Object.fromEntries(
    [...values].map(([name, column]) => [name, column.map(paramValueOf)]),
  );
  return values.size > 1 ? { method: 'zip', parameters } : { parameters };
}

/** Each job with its number: two that are given the same are two all the same. */
function runsOf(groups: readonly ParameterGroup[], job: string): ParamMap[] {
  const total = groups.reduce((product, { length }) => product * length, 1);
  if (total > mostListed) {
    throw new MultirunError(
      'invalid-argument',
      `${total} jobs that are told apart by their number alone are too many to be listed`,
    );
  }
  return Array.from({ length: total }, (_, index) => {
    const run: Record<string, ParamValue> = {};
    let rest = index;
    const rows = groups.map(() => 0);
    for (let group = groups.length - 1; group >= 0; group--) {
      const { length } = groups[group] as ParameterGroup;
      rows[group] = rest % length;
      rest = Math.floor(rest / length);
    }
    for (const [group, { values }] of groups.entries()) {
      for (const [name, column] of values) run[name] = paramValueOf(column[rows[group] ?? 0] ?? '');
    }
    return { ...run, [job]: index + 1 };
  });
}

function rowsOf(groups: readonly Group[]): number {
  return groups.reduce((product, { columns }) => product * (columns[0]?.values.length ?? 0), 1);
}

/** The keys of a sweep file that options stand for, and what was left out. */
function settingsOf({ jobs, timeout, retries, halt }: ParallelOptions): {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
} {
  const settings: Record<string, unknown> = {};
  const notes: string[] = [];
  if (jobs !== undefined) {
    if (/^[1-9]\d*$/.test(jobs)) settings.runner = { max_parallel: Number(jobs) };
    else notes.push(`Left out: --jobs ${jobs}; write runner: {max_parallel: N}.`);
  }
  if (timeout !== undefined) {
    if (sweepFileSchema.shape.timeout.safeParse(timeout).success) settings.timeout = paramValueOf(timeout);
    else notes.push(`Left out: --timeout ${timeout}.`);
  }
  // A job that is tried three times is retried twice.
  const tries = wholeNumber(retries, '--retries');
  if (tries !== undefined && tries > 1) settings.retries = tries - 1;
  if (halt !== undefined && halt !== '0') {
    if (sweepFileSchema.shape.halt.safeParse(halt).success) settings.halt = halt;
    else notes.push(`Left out: --halt ${halt}.`);
  }
  return { settings, notes };
}

function wholeNumber(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new MultirunError('invalid-argument', `${option} ${text}: expected a whole number`);
}
