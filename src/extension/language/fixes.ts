import { t } from '@vscode/l10n';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { locate, type SourceNode } from '../../core/sweepFile/source.ts';
import { parameterNamePattern } from '../../core/template.ts';
import type { TextEdit } from './rename.ts';

/** A way out of a problem. */
export interface Fix {
  readonly title: string;
  readonly edit: TextEdit;
  /** Whether it is what a person most probably wants. */
  readonly isPreferred: boolean;
}

/** What could be done about a problem of a sweep file. `root` is undefined where YAML is broken. */
export function fixesFor(text: string, diagnostic: Diagnostic, root: SourceNode | undefined): Fix[] {
  const { range, suggestion } = diagnostic;
  const fixes: Fix[] = [];
  if (suggestion !== undefined) {
    const isQuoted = suggestion === JSON.stringify(text.slice(range.start, range.end));
    const title = isQuoted ? t('Put in quotes') : t('Replace with “{0}”', suggestion);
    fixes.push({ title, edit: { range, text: suggestion }, isPreferred: true });
  }
  const added = root && missingParameter(text, diagnostic, root);
  if (added !== undefined) fixes.push({ ...added, isPreferred: suggestion === undefined });
  return fixes;
}

/** Adds the parameter that a `${…}` or an expression takes and that there is not. */
function missingParameter(
  text: string,
  { code, range }: Diagnostic,
  root: SourceNode,
): Omit<Fix, 'isPreferred'> | undefined {
  if (code !== 'unknown-parameter') return undefined;
  const written = text.slice(range.start, range.end);
  const name = /^\$\{([^{}:]+)(?::[^{}]*)?\}$/.exec(written)?.[1] ?? written;
  // A nested parameter has a place that only its author knows.
  if (!parameterNamePattern.test(name) || name.includes('.')) return undefined;
  const title = t('Add the parameter “{0}”', name);
  const parameters = locate(root, ['parameters']);
  if (parameters === undefined) {
    const end = text.length;
    const lineBreak = text === '' || text.endsWith('\n') ? '' : '\n';
    return {
      title,
      edit: { range: { start: end, end }, text: `${lineBreak}parameters:\n  ${name}: []\n` },
    };
  }
  const { node } = parameters;
  if (node.kind !== 'map') return undefined;
  const last = [...node.entries.values()].at(-1);
  if (text.charAt(node.range.start) === '{') {
    const end = last === undefined ? node.range.start + 1 : last.node.range.end;
    const separator = last === undefined ? '' : ', ';
    return { title, edit: { range: { start: end, end }, text: `${separator}${name}: []` } };
  }
  if (last === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', last.keyRange.start - 1) + 1;
  const indent = ' '.repeat(last.keyRange.start - lineStart);
  const end = Math.max(last.keyRange.end, last.node.range.end);
  return { title, edit: { range: { start: end, end }, text: `\n${indent}${name}: []` } };
}
