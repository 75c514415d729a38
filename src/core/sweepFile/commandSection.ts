import { parseTemplate } from '../template.ts';
import { didYouMean } from './didYouMean.ts';
import type { CheckedSweepFile } from './schema.ts';
import {
  locate,
  type MapNode,
  pointAt,
  pointAtStart,
  type Report,
  type SourceNode,
  type SourcePath,
} from './source.ts';

/** What a run executes. */
export interface CommandSection {
  /** The argument vector; `${name}` in a word takes a parameter of that name, `${{` is a literal `${`. */
  readonly cmd: readonly string[];
  /** Where the file says it as W&B does: what the macros of `cmd` stand for. Undefined once they are replaced. */
  readonly program: ProgramToFind | undefined;
  /** Added to the environment of each run; values take parameters as `cmd` does. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables of the environment to record with the sweep. */
  readonly recordEnv: readonly string[];
}

/** What W&B's `${program}` and `${interpreter}` stand for. */
export interface ProgramToFind {
  /** As written; undefined where the command does without. */
  readonly path: string | undefined;
  /** Words; undefined for the default. */
  readonly interpreter: readonly string[] | undefined;
}

/** W&B's default command. */
const defaultCommand: readonly string[] = ['${env}', '${interpreter}', '${program}', '${args}'];

const programKeys = ['program', 'interpreter', 'command'] as const;

/** Reports what is wrong with the command beyond the shape of each key. `knownKeys` are those of a sweep file. */
export function checkCommand(
  text: string,
  root: MapNode,
  knownKeys: readonly string[],
  report: Report,
): void {
  checkChoice(text, root, knownKeys, report);
  checkProgramUse(text, root, report);
  const env = root.entries.get('env')?.node;
  if (env?.kind !== 'map') return;
  for (const [name, { keyRange }] of env.entries) {
    if (!name.startsWith('MULTIRUN_')) continue;
    report(
      'reserved-name',
      keyRange,
      `Multirun itself sets the variables that begin with MULTIRUN_; rename "${name}"`,
    );
  }
}

function checkChoice(text: string, root: MapNode, knownKeys: readonly string[], report: Report): void {
  const given = programKeys.filter((key) => root.entries.has(key));
  if (root.entries.has('cmd')) {
    for (const key of given) {
      const range = root.entries.get(key)?.keyRange ?? root.range;
      report('conflicting-keys', range, `"${key}" and "cmd" exclude each other; remove one of them`);
    }
    return;
  }
  if (given.some((key) => key !== 'interpreter')) return;
  for (const key of root.entries.keys()) {
    const meant = knownKeys.includes(key) ? undefined : didYouMean(key, ['cmd', ...programKeys]);
    if (meant !== undefined) return;
  }
  const missing = given.length > 0 ? 'program' : 'cmd';
  report(
    'missing-key',
    pointAtStart(text, { key: undefined, node: root }),
    `the key "${missing}" is missing`,
  );
}

function checkProgramUse(text: string, root: MapNode, report: Report): void {
  const command = root.entries.get('command')?.node;
  if (root.entries.has('program') || command?.kind !== 'list') return;
  const user = command.items.find((item) =>
    parseTemplate(String(item.value)).some((part) => part.kind === 'parameter' && part.name === 'program'),
  );
  if (user === undefined) return;
  const range = pointAt(text, { key: undefined, node: user });
  report('missing-key', range, '"${program}" stands for the key "program", which is missing');
}

/** The command of a valid file; `root` tells how its words are written. */
export function commandSectionOf(checked: CheckedSweepFile, root: SourceNode): CommandSection {
  const { cmd, program, interpreter, command, env = {}, record_env: recordEnv = [] } = checked;
  const wordsAt = (key: string, words: readonly Word[]): string[] =>
    words.map((word, index) => asWritten(word, root, [key, index]));
  return {
    cmd: cmd !== undefined ? wordsAt('cmd', cmd) : command ? wordsAt('command', command) : defaultCommand,
    program:
      cmd !== undefined
        ? undefined
        : {
            path: program,
            interpreter: Array.isArray(interpreter)
              ? wordsAt('interpreter', interpreter)
              : interpreter === undefined
                ? undefined
                : [asWritten(interpreter, root, ['interpreter'])],
          },
    recordEnv,
    env: Object.fromEntries(
      Object.entries(env).map(([key, value]) => [key, asWritten(value, root, ['env', key])]),
    ),
  };
}

type Word = string | number | boolean;

/** The text of a word: `0.10` without quotes stays `0.10`, though YAML makes the number 0.1 of it. */
function asWritten(word: Word, root: SourceNode, path: SourcePath): string {
  if (typeof word === 'string') return word;
  const node = locate(root, path)?.node;
  return node?.kind === 'scalar' ? node.written : String(word);
}
