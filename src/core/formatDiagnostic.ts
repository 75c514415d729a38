import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Diagnostic, TextRange } from './diagnostic.ts';

/** What {@link formatDiagnostic} needs to know beside the diagnostic. */
export interface FormatOptions {
  /** How the file is called in the output. */
  readonly path: string;
  /** The text that the diagnostic's range points into. */
  readonly text: string;
  /** Whether to colour the output with ANSI escape sequences. Default false. */
  readonly colors?: boolean;
}

const tabWidth = 4;
/** Longer lines are cut. This and the following in UTF-16 code units. */
const longestLine = 160;
/** How much of a long line is shown before and behind the place of interest. */
const contextBefore = 60;
const contextBehind = 100;
const mostLines = 4;

/**
 * A diagnostic as a terminal shows it: `path:line:column: error: message [code]`, and below it the source with the range
 * underlined. Lines and columns count from 1; columns count UTF-16 code units, as editors do, so that a terminal's link
 * leads to the right place. Control characters of the source are shown as pictures. No line break at the end.
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  { path, text, colors = false }: FormatOptions,
): string {
  const paint = (style: Parameters<typeof styleText>[0], part: string): string =>
    colors ? styleText(style, part, { validateStream: false }) : part;
  const { code, severity, message, range } = diagnostic;
  const accent = severity === 'error' ? 'red' : 'yellow';
  const lines = linesOf(text, range);
  const [first] = lines;
  const position = `${path}:${first.number}:${range.start - first.start + 1}`;
  const output = [
    `${paint('bold', position)}: ${paint([accent, 'bold'], severity)}: ${printable(message)} ${paint('dim', `[${code}]`)}`,
  ];
  const shown = lines.slice(0, mostLines);
  const gutter = String(shown.at(-1)?.number ?? 1).length;
  for (const line of shown) {
    const { source, blank, marked } = drawLine(text.slice(line.start, line.end), range, line.start);
    output.push(`  ${paint('dim', `${String(line.number).padStart(gutter)} |`)} ${source}`.trimEnd());
    output.push(
      `  ${paint('dim', `${' '.repeat(gutter)} |`)} ${' '.repeat(blank)}${paint(accent, '~'.repeat(marked))}`,
    );
  }
  if (lines.length > mostLines) output.push(`  ${paint('dim', `${' '.repeat(gutter)} | …`)}`);
  return output.join('\n');
}

interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The lines that a range touches: at least one, and one more than are shown where there are more. */
function linesOf(text: string, { start, end }: TextRange): [Line, ...Line[]] {
  const lines: Line[] = [];
  let number = 1;
  let lineStart = 0;
  for (;;) {
    const lineBreak = /\r\n|\n|\r/g;
    lineBreak.lastIndex = lineStart;
    const match = lineBreak.exec(text);
    const lineEnd = match?.index ?? text.length;
    const nextStart = match === null ? Number.POSITIVE_INFINITY : lineBreak.lastIndex;
    if (start < nextStart) lines.push({ number, start: lineStart, end: lineEnd });
    if (lines.length > 0 && (end <= nextStart || lines.length > mostLines)) return lines as [Line, ...Line[]];
    number += 1;
    lineStart = nextStart;
  }
}

/** A line as it is shown, and where its underlining begins and how long it is, in columns. */
function drawLine(
  line: string,
  range: TextRange,
  lineStart: number,
): { source: string; blank: number; marked: number } {
  const start = Math.min(Math.max(0, range.start - lineStart), line.length);
  // The indentation of a later line is no part of what is wrong.
  const indent = range.start < lineStart ? line.length - line.trimStart().length : start;
  const end = Math.min(range.end - lineStart, line.length);
  const isLong = line.length > longestLine;
  const from = isLong && start > contextBefore ? characterBoundary(line, start - contextBefore) : 0;
  const to =
    line.length - start > contextBehind ? characterBoundary(line, start + contextBehind) : line.length;
  let source = from > 0 ? '…' : '';
  let column = source.length;
  let blank: number | undefined;
  let marked = 0;
  for (const { segment, index } of graphemes.segment(line.slice(from, to))) {
    const shown = segment === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : printable(segment);
    const width = stringWidth(shown);
    const offset = from + index;
    if (offset + segment.length > indent && offset < end) {
      blank ??= column;
      marked = column + width - blank;
    } else if (offset >= indent) {
      blank ??= column;
    }
    source += shown;
    column += width;
  }
  if (to < line.length) source += '…';
  return { source, blank: blank ?? column, marked: Math.max(1, marked) };
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function characterBoundary(line: string, offset: number): number {
  const code = line.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + 1 : offset;
}

/** Control characters would move the cursor or change the terminal; their pictures do not. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '�';
  });
}
