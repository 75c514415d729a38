import type { Document, YAMLError } from 'yaml';
import type { TextRange } from '../diagnostic.ts';
import { type Report, rangeWithin } from './source.ts';

/** Behind so many broken lines the rest of a text tells nothing more. */
const mostBrokenLines = 50;

/** What is nested deeper is refused, since whatever reads the values later may not be able to. */
export const deepestNesting = 100;
export const tooDeep = `nested more than ${deepestNesting} levels deep`;

/** One problem a line: what follows on the same line is mostly a consequence of the first. */
export function reportSyntax(text: string, document: Document.Parsed, report: Report): void {
  let lines = 0;
  let lineEnd = -1;
  const problems = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  for (const problem of problems) {
    if (problem.pos[0] <= lineEnd) continue;
    const lineBreak = text.indexOf('\n', problem.pos[0]);
    lineEnd = lineBreak < 0 ? text.length : lineBreak;
    const bare = unquotedReference(text, problem.pos[0]);
    if (bare !== undefined) {
      const quoted = JSON.stringify(text.slice(bare.start, bare.end));
      report('syntax', bare, `within brackets a word with "\${…}" needs quotes; write ${quoted}`, {
        suggestion: quoted,
      });
      // Its brace opened a mapping, so that no bracket behind it closes what it seems to.
      return;
    }
    report('syntax', rangeWithin(text, problem.pos[0], problem.pos[1]), syntaxMessage(problem, text), {
      severity: isHarmless(problem) ? 'warning' : 'error',
    });
    if (++lines === mostBrokenLines) return;
  }
}

function isHarmless({ name, code }: YAMLError): boolean {
  return name === 'YAMLWarning' && code !== 'TAG_RESOLVE_FAILED';
}

/** The word around a "${" at whose brace YAML stumbled, since it takes that for the beginning of a mapping. */
function unquotedReference(text: string, brace: number): TextRange | undefined {
  if (brace < 1 || !text.startsWith('${', brace - 1)) return undefined;
  const before = /[^\s,[\]{}"']*$/.exec(text.slice(Math.max(0, brace - 100), brace - 1));
  const behind = /^(?:\$?\{[^\s{}]*\}|[^\s,[\]{}"'])*/.exec(text.slice(brace - 1, brace + 200));
  return {
    start: brace - 1 - (before?.[0].length ?? 0),
    end: brace - 1 + Math.max(2, behind?.[0].length ?? 0),
  };
}

function syntaxMessage({ code, message, pos }: YAMLError, text: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'YAML is not indented by tabs; use spaces';
    case 'MULTIPLE_DOCS':
      return 'a sweep file holds one document; remove this one and the "---" before it';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a second ":" within one value; put the value in quotes, or correct the indentation';
    case 'BAD_SCALAR_START':
      return `a value cannot begin with ${text.charAt(pos[0])} unless it stands in quotes`;
    case 'TAG_RESOLVE_FAILED':
      return message.startsWith('Unresolved tag')
        ? `the tag ${text.slice(...pos)} means nothing here; remove it, and put the value in quotes if a text is meant`
        : withoutCapital(message);
    case 'NON_STRING_KEY':
      return 'a key must be a single word or a text in quotes';
    default:
      if (/call stack|stack overflow/i.test(message)) return tooDeep;
      return unclosed(message) ?? withoutCapital(message);
  }
}

/** The library says the same thing in several ways, none of which tells a beginner what to do. */
function unclosed(message: string): string | undefined {
  if (!message.startsWith('Flow')) return undefined;
  const [what, opening, closing] = message.includes('sequence') ? ['list', '[', ']'] : ['mapping', '{', '}'];
  return `a ${what} that begins with "${opening}" must end with "${closing}", and be indented further than its key`;
}

function withoutCapital(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
