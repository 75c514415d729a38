import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { split as splitWords } from 'shlex';
import { MultirunError, systemCode } from '../core/errors.ts';
import { importHydra } from '../core/import/hydra/importHydra.ts';
import { type HydraConfig, readHydraConfig } from '../core/import/hydra/readConfig.ts';
import { type ImportedSweep, writeImported } from '../core/import/importedSweep.ts';
import { importParallel } from '../core/import/parallel/importParallel.ts';
import { planSweep } from '../core/plan/planSweep.ts';
import { parseSweepFile } from '../core/sweepFile/parseSweepFile.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { countOf } from './text.ts';

/** Where the sweep file goes. */
interface Output {
  /** A new file; undefined for standard output. */
  readonly output?: string;
}

/** `multirun import parallel LINE…`: makes a sweep file of a command line of GNU parallel. */
export async function importParallelCommand(line: readonly string[], output: Output): Promise<ExitCode> {
  const words = wordsOf(line);
  const given = words[0] === 'parallel' ? words.slice(1) : words;
  const imported = importParallel(given, { linesOf, placeOf });
  return await writeSweepFile(imported, lineText(line), output);
}

/** `multirun import hydra LINE…|FILE`: makes a sweep file of a multirun of Hydra. */
export async function importHydraCommand(
  line: readonly string[],
  { command, configDir, ...output }: Output & { readonly command?: string; readonly configDir?: string },
): Promise<ExitCode> {
  const [first = ''] = line;
  const isFile = line.length === 1 && /\.ya?ml$/i.test(first);
  const config = isFile ? readHydraConfig(await readConfig(first), first) : undefined;
  const { starting, overrides, directory } =
    config === undefined ? partsOf(wordsOf(line)) : partsOfConfig(config);
  const started = command === undefined ? starting : splitWords(command);
  const notes = started.length === 0 ? ['Write your own program in place of my_app.py.'] : [];
  const imported = importHydra({
    command: started.length === 0 ? ['python', 'my_app.py'] : started,
    overrides,
    settings: config?.settings,
    optionsOf: optionsIn(configDir ?? directory),
  });
  const source = isFile ? first : lineText(line);
  return await writeSweepFile({ ...imported, notes: [...notes, ...imported.notes] }, source, output);
}

/** A whole line in quotes is split as a shell would; words that a shell has split are taken as they are. */
function wordsOf(line: readonly string[]): string[] {
  const [only = ''] = line;
  if (line.length !== 1 || !/\s/.test(only)) return [...line];
  if (/(?<!\\)(?:`|\$\()|:::\S*\s[^']*(?:\{[^{}\s]*(?:,|\.\.)[^{}\s]*\})/.test(only)) {
    throw new MultirunError(
      'invalid-argument',
      'this line has what only a shell expands, as $(…) or {1..9}; write it without quotes around it, behind --',
    );
  }
  try {
    return splitWords(only);
  } catch (error) {
    throw new MultirunError(
      'invalid-argument',
      `${JSON.stringify(only)} cannot be split into words: ${(error as Error).message}`,
    );
  }
}

interface HydraParts {
  readonly starting: readonly string[];
  readonly overrides: readonly string[];
  /** Where the configuration is. */
  readonly directory: string | undefined;
}

function partsOf(words: readonly string[]): HydraParts {
  const starting: string[] = [];
  const overrides: string[] = [];
  let directory: string | undefined;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-m' && /(?:^|\/)python[\d.]*$/.test(starting.at(-1) ?? ''))
      starting.push(word, rest.shift() ?? '');
    else if (word === '-m' || word === '--multirun') continue;
    else if (/^-/.test(word)) {
      starting.push(word);
      const isOpen = /^(?:-c[ndp]|--config-(?:name|dir|path))$/.test(word);
      const value = isOpen ? rest.shift() : undefined;
      if (value !== undefined) starting.push(value);
      if (/^(?:-cd|--config-dir|-cp|--config-path)$/.test(word)) directory = value;
    } else if (/^[^/]*=|^[~+]/.test(word)) overrides.push(word);
    else starting.push(word);
  }
  return { starting, overrides, directory };
}

function partsOfConfig({ program, overrides }: HydraConfig): HydraParts {
  const script = program && `${program.job}.py`;
  const path = script && (program.directory === undefined ? script : join(program.directory, script));
  return { starting: path === undefined ? [] : ['python', path], overrides, directory: undefined };
}

function optionsIn(directory: string | undefined): (group: string) => string[] | undefined {
  return (group) => {
    if (directory === undefined) return undefined;
    try {
      const names = readdirSync(join(directory, group));
      return names.flatMap((name) => /^(.+)\.ya?ml$/.exec(name)?.[1] ?? []).sort();
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return undefined;
    }
  };
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new MultirunError('invalid-argument', `cannot read ${path}: ${(error as Error).message}`);
  }
}

function linesOf(path: string): string[] {
  if (path === '-')
    throw new MultirunError(
      'invalid-argument',
      'values from standard input cannot be imported; write them to a file',
    );
  try {
    const text = readFileSync(path, 'utf8').replace(/\n$/, '');
    return text === '' ? [] : text.split('\n');
  } catch (error) {
    throw new MultirunError('invalid-argument', `cannot read ${path}: ${(error as Error).message}`);
  }
}

function placeOf(path: string): string | undefined {
  if (path === '' || path.length > 4096 || path.includes('\0')) return undefined;
  const place = resolve(path);
  return statSync(place, { throwIfNoEntry: false })?.isFile() ? place : undefined;
}

/** The line as a person typed it, as near as can be told. */
function lineText(line: readonly string[]): string {
  const [only = ''] = line;
  return line.length === 1 ? only : line.map(shown).join(' ');
}

/** A word as a person would type it in a shell; only to be looked at. */
function shown(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

async function writeSweepFile(
  imported: ImportedSweep,
  source: string,
  { output }: Output,
): Promise<ExitCode> {
  const here =
    output === undefined ? '' : relative(dirname(resolve(output)), process.cwd()).replaceAll(sep, '/');
  const text = writeImported(imported, { source, placeOf, here });
  const { file, diagnostics } = parseSweepFile(text, { path: resolve(output ?? 'sweep.yaml') });
  const planned = file && planSweep(file.space);
  const problem = [...diagnostics, ...(planned?.problems ?? [])].find(({ severity }) => severity === 'error');
  if (problem !== undefined)
    throw new MultirunError('invalid-argument', `this cannot be imported: ${problem.message}`);
  if (output === undefined) process.stdout.write(text);
  else await writeNew(output, text);
  const runs = planned?.plan === undefined ? '' : `: ${countOf(planned.plan.size, 'run')}`;
  const lines = [...(output === undefined ? [] : [`${output}${runs}`]), ...imported.notes];
  process.stderr.write(lines.map((line) => `multirun: ${line}\n`).join(''));
  return exitCodes.good;
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new MultirunError(
      'output-exists',
      `${path} exists already; choose a file that does not, so that nothing is overwritten`,
    );
  }
}
