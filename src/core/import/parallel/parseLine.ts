import { MultirunError } from '../../errors.ts';

/** A command line of GNU parallel, taken apart. */
export interface ParallelLine {
  /** The command, one word each; empty where the arguments are commands themselves. */
  readonly command: readonly string[];
  readonly sources: readonly Source[];
  readonly options: ParallelOptions;
  /** What was left out. */
  readonly notes: readonly string[];
}

/** An input source: `::: a b`, or `:::: file`. */
export interface Source {
  readonly kind: 'values' | 'file';
  /** Values, or the one name of a file. */
  readonly words: readonly string[];
  /** Whether it goes along with the source before it: `:::+`. */
  readonly isLinked: boolean;
}

/** The options that say what is run. */
export interface ParallelOptions {
  readonly jobs?: string;
  readonly colsep?: string;
  readonly timeout?: string;
  readonly retries?: string;
  readonly halt?: string;
  /** What stands for the arguments instead of `{}`. */
  readonly replacement?: string;
  /** How many arguments a job takes. */
  readonly argumentsEach?: string;
  readonly hasHeader?: true;
  readonly isLinked?: true;
  /** Whether no shell reads the command. */
  readonly isQuoted?: true;
}

/** What becomes of an option. */
interface Option {
  readonly takes: 'nothing' | 'value';
  /** Which of {@link ParallelOptions} it is; `files` for one that names a source. */
  readonly is?: keyof ParallelOptions | 'file' | undefined;
  /** Why it is left out, where somebody could miss it. */
  readonly note?: string | undefined;
}

const keptAnyway = 'each run has its logs and its exit code in a directory of its own';
const optionTable: Readonly<Record<string, Option>> = Object.fromEntries([
  ...[
    ['j', 'jobs', 'max-procs', 'P', 'jobs'],
    ['C', 'colsep', 'colsep'],
    ['N', 'max-replace-args', 'argumentsEach'],
    ['n', 'max-args', 'argumentsEach'],
    ['I', 'replacement'],
    ['a', 'arg-file', 'file'],
    ['timeout', 'timeout'],
    ['retries', 'retries'],
    ['halt', 'halt-on-error', 'halt'],
  ].flatMap((names) =>
    names.slice(0, -1).map((name) => [name, { takes: 'value', is: names.at(-1) }] as const),
  ),
  ['header', { takes: 'value', is: 'hasHeader' }],
  ...['link', 'xapply'].map((name) => [name, { takes: 'nothing', is: 'isLinked' }] as const),
  ...['q', 'quote'].map((name) => [name, { takes: 'nothing', is: 'isQuoted' }] as const),
  ...['joblog', 'results', 'res'].map((name) => [name, { takes: 'value', note: keptAnyway }] as const),
  ...['resume', 'resume-failed'].map(
    (name) =>
      [
        name,
        { takes: 'nothing', note: 'runs that are missing or failed can be run again in the sweep' },
      ] as const,
  ),
  ['shuf', { takes: 'nothing', note: 'runs are started in order' }],
  ...[
    'delay',
    'nice',
    'load',
    'memfree',
    'memsuspend',
    'env',
    'tmpdir',
    'tagstring',
    'ctag',
    'compress-program',
  ].map((name) => [name, { takes: 'value', note: 'there is nothing like it here' }] as const),
  // How output and progress are shown is no part of a sweep.
  ...[
    ...'k u v t r'.split(' '),
    ...'keep-order ungroup group line-buffer lb bar eta progress tag verbose no-run-if-empty will-cite citation silent gnu'.split(
      ' ',
    ),
    ...'plain dry-run dryrun color colour files compress no-notice'.split(' '),
  ].map((name) => [name, { takes: 'nothing' }] as const),
]);

const separators: Readonly<Record<string, Pick<Source, 'kind' | 'isLinked'>>> = {
  ':::': { kind: 'values', isLinked: false },
  ':::+': { kind: 'values', isLinked: true },
  '::::': { kind: 'file', isLinked: false },
  '::::+': { kind: 'file', isLinked: true },
};

/** Takes a command line of GNU parallel apart. Throws a MultirunError for an option that cannot be imported. */
export function parseParallelLine(words: readonly string[]): ParallelLine {
  const rest = [...words];
  const options: Record<string, string | true> = {};
  const notes: string[] = [];
  const sources: Source[] = [];
  while (rest[0]?.startsWith('-') && rest[0].length > 1) {
    const word = rest.shift() as string;
    if (word === '--') break;
    for (const [name, value] of optionsIn(word, rest)) {
      const { is, note } = known(name);
      if (is === 'file') sources.push({ kind: 'file', words: [value ?? ''], isLinked: false });
      else if (is === 'hasHeader' && value !== ':') fail(`--header ${value ?? ''}`, 'only ":" is understood');
      else if (is !== undefined) options[is] = is === 'hasHeader' ? true : (value ?? true);
      if (note !== undefined)
        notes.push(`Left out: ${dashed(name)}${value === undefined ? '' : ` ${value}`}; ${note}.`);
    }
  }
  const command: string[] = [];
  while (rest.length > 0 && !isSeparator(rest[0] ?? '')) command.push(rest.shift() as string);
  while (rest.length > 0) {
    const separator = separators[rest.shift() as string];
    const given: string[] = [];
    while (rest.length > 0 && !isSeparator(rest[0] ?? '')) given.push(rest.shift() as string);
    if (separator === undefined) continue;
    if (separator.kind === 'values') sources.push({ ...separator, words: given });
    // Each file is a source of its own.
    else for (const name of given) sources.push({ ...separator, words: [name] });
  }
  return { command, sources, options, notes };
}

function isSeparator(word: string): boolean {
  return Object.hasOwn(separators, word);
}

/** The options in one word, with their values: `-kj4`, `--jobs=4`, `--jobs 4`. */
function optionsIn(word: string, rest: string[]): [name: string, value: string | undefined][] {
  if (word.startsWith('--')) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    return [[name, known(name).takes === 'value' ? (value ?? rest.shift()) : undefined]];
  }
  const found: [string, string | undefined][] = [];
  for (let index = 1; index < word.length; index++) {
    const name = word.charAt(index);
    if (known(name).takes === 'nothing') found.push([name, undefined]);
    else {
      const value = word.slice(index + 1).replace(/^=/, '');
      found.push([name, value === '' ? rest.shift() : value]);
      break;
    }
  }
  return found;
}

function known(name: string): Option {
  const option = Object.hasOwn(optionTable, name) ? optionTable[name] : undefined;
  return (
    option ??
    fail(
      dashed(name),
      'this option of GNU parallel cannot be imported; leave it out if the sweep does without',
    )
  );
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function fail(what: string, problem: string): never {
  throw new MultirunError('invalid-argument', `${what}: ${problem}`);
}
