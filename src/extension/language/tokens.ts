import type { TextRange } from '../../core/diagnostic.ts';
import type { ParsedSweepFile } from '../../core/sweepFile/parseSweepFile.ts';
import type { SourceNode } from '../../core/sweepFile/source.ts';
import { parseTemplate } from '../../core/template.ts';
import type { Mention } from './mentions.ts';

/** What is coloured in a sweep file, beyond what YAML colours. The words are VS Code's own for semantic tokens. */
export const tokenTypes = ['parameter', 'macro', 'operator', 'number'] as const;

/** A piece of a sweep file with a colour; it lies on one line. */
export interface Token {
  readonly range: TextRange;
  readonly type: (typeof tokenTypes)[number];
  readonly isDefinition: boolean;
}

/** The colours of `${…}` and of the names of parameters, in the order of the text; none overlap. */
export function tokensOf(
  text: string,
  parsed: ParsedSweepFile,
  root: SourceNode | undefined,
  mentions: readonly Mention[],
): Token[] {
  const named = new Set(mentions.map(({ range }) => range.start));
  const tokens: Token[] = mentions.map(({ range, kind }) => ({
    range,
    type: 'parameter',
    isDefinition: kind === 'definition',
  }));
  const parameters = new Set(parsed.references.map(({ range }) => range.start));
  for (const { start, end } of templates(text, root)) {
    const written = text.slice(start, end);
    const [part] = parseTemplate(written);
    if (part === undefined || part.kind === 'text' || part.kind === 'malformed') continue;
    const inside = written.slice(2, -1);
    const colon = inside.indexOf(':');
    const nameEnd = start + 2 + (colon < 0 ? inside.length : colon);
    const add = (from: number, to: number, type: Token['type']) => {
      if (to > from) tokens.push({ range: { start: from, end: to }, type, isDefinition: false });
    };
    add(start, start + 2, 'operator');
    if (!named.has(start + 2)) add(start + 2, nameEnd, parameters.has(start) ? 'parameter' : 'macro');
    if (colon >= 0) add(nameEnd, end - 1, 'number');
    add(end - 1, end, 'operator');
  }
  return tokens.sort((a, b) => a.range.start - b.range.start);
}

const templated: ReadonlySet<string> = new Set(['cmd', 'command', 'env']);

/** Each closed `${…}` in what takes parameters. */
function* templates(text: string, root: SourceNode | undefined): Generator<TextRange> {
  if (root?.kind !== 'map') return;
  for (const [key, { node }] of root.entries) {
    if (!templated.has(key)) continue;
    for (const match of text.slice(node.range.start, node.range.end).matchAll(/\$\{[^{}\r\n]*\}/g)) {
      const start = node.range.start + match.index;
      yield { start, end: start + match[0].length };
    }
  }
}
