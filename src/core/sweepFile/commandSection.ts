import type { CheckedSweepFile } from './schema.ts';
import { locate, type MapNode, type Report, type SourceNode, type SourcePath } from './source.ts';

/** What a run executes. */
export interface CommandSection {
  /** The argument vector; `${name}` in a word takes a parameter of that name, `${{` is a literal `${`. */
  readonly cmd: readonly string[];
  /** Added to the environment of each run; values take parameters as `cmd` does. */
  readonly env: Readonly<Record<string, string>>;
}

/** Reports what is wrong with the command beyond the shape of each key. */
export function checkCommand(root: MapNode, report: Report): void {
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

/** The command of a valid file; `root` tells how its words are written. */
export function commandSectionOf({ cmd, env = {} }: CheckedSweepFile, root: SourceNode): CommandSection {
  return {
    cmd: cmd.map((word, index) => asWritten(word, root, ['cmd', index])),
    env: Object.fromEntries(
      Object.entries(env).map(([key, value]) => [key, asWritten(value, root, ['env', key])]),
    ),
  };
}

/** The text of a word: `0.10` without quotes stays `0.10`, though YAML makes the number 0.1 of it. */
function asWritten(word: string | number | boolean, root: SourceNode, path: SourcePath): string {
  if (typeof word === 'string') return word;
  const node = locate(root, path)?.node;
  return node?.kind === 'scalar' ? node.written : String(word);
}
