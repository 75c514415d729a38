import { escapeTemplate, parseTemplate } from '../template.ts';

/** What the macros of a W&B command stand for. */
export interface CommandMacros {
  /** Undefined where the command does without one. */
  readonly program: string | undefined;
  readonly interpreter: readonly string[];
  readonly platform: NodeJS.Platform;
}

/**
 * Replaces `${env}`, `${interpreter}` and `${program}` of a W&B command. `${env}` is `/usr/bin/env`, and nothing on
 * Windows. Throws a RangeError for a `${program}` without a program: a sound sweep file has none.
 */
export function resolveCommand(
  command: readonly string[],
  { program, interpreter, platform }: CommandMacros,
): string[] {
  const lists: Readonly<Record<string, readonly string[]>> = {
    '${env}': platform === 'win32' ? [] : ['/usr/bin/env'],
    '${interpreter}': interpreter.map(escapeTemplate),
  };
  return command.flatMap((word) => lists[word] ?? [withProgram(word, program)]);
}

function withProgram(word: string, program: string | undefined): string {
  return parseTemplate(word)
    .map((part) => {
      if (part.kind !== 'parameter' || part.name !== 'program') return word.slice(part.start, part.end);
      if (program === undefined)
        throw new RangeError('"${program}" stands for the key "program", which is missing');
      return escapeTemplate(program);
    })
    .join('');
}
