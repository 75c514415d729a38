import { posix } from 'node:path';
import { reservedNameIn, staysInside, tidyRelativePath } from '../inputNames.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import { writeYaml } from '../sweepFile/writeYaml.ts';
import { escapeTemplate } from '../template.ts';

/** A sweep of another tool, in the words of a sweep file. */
export interface ImportedSweep {
  /** The argument vector, as `cmd` has it. */
  readonly cmd: readonly string[];
  /** The keys of the sweep file that say which runs there are. */
  readonly space: ImportedSpace;
  /** Any other keys of the sweep file: `runner`, `timeout`, `seed`. */
  readonly more: Readonly<Record<string, unknown>>;
  /** What a person should know of it: what was left out, and what is otherwise. Sentences. */
  readonly notes: readonly string[];
}

/** Which runs there are. */
export type ImportedSpace =
  | ParameterBlock
  | { readonly cross: readonly ParameterBlock[] }
  | { readonly runs: readonly ParamMap[] };

/** Parameters and how their values become runs. */
export interface ParameterBlock {
  readonly method?: 'zip' | 'random';
  readonly samples?: number;
  /** By name: values, or a mapping that says what they are. */
  readonly parameters: Readonly<Record<string, readonly ParamValue[] | ParameterMapping>>;
}

/** A parameter whose values are not listed one by one. */
export type ParameterMapping =
  | { readonly min: number; readonly max: number; readonly step: number }
  | { readonly distribution: string; readonly min: number; readonly max: number };

/** How an imported sweep is written. */
export interface WriteOptions {
  /** What was imported, for a person who reads the file: the line, or the name of a file. */
  readonly source: string;
  /** The absolute path of a file of the current directory; undefined where there is no such file. */
  readonly placeOf: (path: string) => string | undefined;
  /** The path of the current directory as the sweep file's directory sees it; "" for the same. */
  readonly here: string;
}

/** The text of the sweep file. */
export function writeImported({ cmd, space, more, notes }: ImportedSweep, options: WriteOptions): string {
  const comments = [
    'Imported by "multirun import" from:',
    ...options.source.split('\n').map((line) => `  ${line}`),
    ...notes,
  ];
  const command = commandKeys(cmd, options);
  const files = filesIn(command.cmd ?? command.command ?? [], options);
  const body = writeYaml({
    ...command,
    ...space,
    ...(files.length > 0 ? { input_files: files } : {}),
    ...more,
  });
  return `${comments.map((line) => `# ${printable(line)}\n`).join('')}${body}`;
}

interface CommandKeys {
  readonly cmd?: readonly string[];
  readonly program?: string;
  readonly command?: readonly string[];
}

/** A program that is a file is found beside the sweep file, though each run starts in a directory of its own. */
function commandKeys(cmd: readonly string[], { placeOf, here }: WriteOptions): CommandKeys {
  const index = cmd.findIndex((word, position) => position < 3 && isProgram(word, position, placeOf));
  if (index < 0 || cmd.slice(0, index).includes('-c')) return { cmd };
  const path = unescaped(cmd[index] ?? '');
  const others = [...cmd.slice(0, index), ...cmd.slice(index + 1)];
  // In `command` these names stand for what is run, whatever parameters there are.
  if (others.some((word) => /\$\{(?:env|interpreter|program)\b/.test(word))) {
    return { cmd: cmd.toSpliced(index, 1, escapeTemplate(placeOf(path) ?? path)) };
  }
  return { program: posix.join(here, path), command: cmd.toSpliced(index, 1, '${program}') };
}

function isProgram(word: string, position: number, placeOf: WriteOptions['placeOf']): boolean {
  const path = unescaped(word);
  if (posix.isAbsolute(path)) return false;
  // A bare first word is looked up on PATH, whatever lies in the current directory.
  return (position > 0 || path.includes('/')) && placeOf(path) !== undefined;
}

/** Files of the current directory that the command names: each run finds them by the same path. */
function filesIn(words: readonly string[], { placeOf, here }: WriteOptions): unknown[] {
  const paths = new Set(
    words
      .slice(1)
      .map(unescaped)
      .filter((word) => isInside(word) && placeOf(word) !== undefined),
  );
  return [...paths].map((path) => {
    const own = posix.join(here, path);
    return posix.basename(own) === path ? own : { path: own, rename: path };
  });
}

function isInside(path: string): boolean {
  const tidy = tidyRelativePath(path);
  return staysInside(tidy) && reservedNameIn(tidy) === undefined;
}

function unescaped(word: string): string {
  return word.replaceAll('${{', '${');
}

function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these would end the comment, or are no YAML.
  return line.replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/g, '\uFFFD').trimEnd();
}

/** A text as the value that a person would write for it: a number where it is exactly that, otherwise the text. */
export function paramValueOf(text: string): ParamValue {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && String(number) === text ? number : text;
}

/** A name that `${…}` can take, as near to the given one as can be, and another one than those that are taken. */
export function parameterNameFor(wanted: string, taken: ReadonlySet<string>): string {
  const bare = wanted.replaceAll(/[^\p{L}\p{M}\p{N}_.-]/gu, '_').replaceAll(/\.(?=\.|$)|^[.-]+/g, '_');
  const name = /^[\p{L}_]/u.test(bare) ? bare : `_${bare}`;
  if (!clashes(name, taken)) return name;
  const flat = name.replaceAll('.', '_');
  for (let number = 1; ; number++) {
    const other = number === 1 ? flat : `${flat}_${number}`;
    if (!clashes(other, taken)) return other;
  }
}

/** `a` and `a.b` cannot both be parameters: the second lies within the first. */
function clashes(name: string, taken: ReadonlySet<string>): boolean {
  return [...taken].some(
    (other) => other === name || other.startsWith(`${name}.`) || name.startsWith(`${other}.`),
  );
}
