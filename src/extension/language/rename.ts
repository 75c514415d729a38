import { t } from '@vscode/l10n';
import type { TextRange } from '../../core/diagnostic.ts';
import { parseSweepFile } from '../../core/sweepFile/parseSweepFile.ts';
import { parameterNamePattern } from '../../core/template.ts';
import type { Mention } from './mentions.ts';

/** A piece of text in the place of another. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** The edits that rename a parameter, or why it cannot have the new name. */
export type Renaming =
  | { readonly edits: readonly TextEdit[]; readonly problem: undefined }
  | { readonly edits: undefined; readonly problem: string };

/**
 * Renames a parameter everywhere in its sweep file. `newName` stands in the place of what is written at `at`: of a nested
 * parameter, its own name where it is defined, and the dotted one where it is used.
 */
export function renameParameter(
  text: string,
  mentions: readonly Mention[],
  at: Mention,
  newName: string,
): Renaming {
  const group = at.name.slice(0, at.name.length - at.written.length);
  const dotted = group + newName;
  if (!parameterNamePattern.test(dotted)) {
    return refused(
      t('A parameter begins with a letter or “_” and goes on with letters, digits, “_” and “-”.'),
    );
  }
  const own = mentions.filter(({ name }) => name === at.name);
  if (dotted !== at.name && mentions.some(({ name }) => name === dotted)) {
    return refused(t('There is a parameter “{0}” already.', dotted));
  }
  const edits: TextEdit[] = [];
  for (const { range, written } of own) {
    const outer = at.name.slice(0, at.name.length - written.length);
    // What is nested here would have to move to another group.
    if (!dotted.startsWith(outer)) {
      return refused(
        t('“{0}” is defined within “{1}”; only its last part can be renamed.', at.name, outer.slice(0, -1)),
      );
    }
    edits.push({ range, text: dotted.slice(outer.length) });
  }
  const problem = newProblem(text, applied(text, edits));
  return problem === undefined ? { edits, problem } : refused(problem);
}

function refused(problem: string): Renaming {
  return { edits: undefined, problem };
}

/** A text with edits made; they do not overlap. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { range, text: piece } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
    result = result.slice(0, range.start) + piece + result.slice(range.end);
  }
  return result;
}

/** What is wrong with a text that was not wrong with the one before: a name that an expression cannot take, for one. */
function newProblem(before: string, after: string): string | undefined {
  const errors = (text: string) =>
    parseSweepFile(text, { path: 'sweep.yaml' }).diagnostics.filter(({ severity }) => severity === 'error');
  const [old, found] = [errors(before), errors(after)];
  return found.length > old.length ? found[0]?.message : undefined;
}
