import { open } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { systemCode } from '../core/errors.ts';
import { paramAt } from '../core/params.ts';
import type { ParamMap, ParamValue } from '../core/run.ts';
import { valueText } from '../core/template.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A text that is at most so many columns wide; `…` stands for what was cut. */
export function cut(text: string, width: number): string {
  // Ten code units a column are more than any writing needs.
  const head = text.slice(0, width * 10 + 10);
  if (head.length === text.length && stringWidth(text) <= width) return text;
  let fitted = '';
  let used = 0;
  for (const { segment } of graphemes.segment(head)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    fitted += segment;
  }
  return `${fitted}…`;
}

/** Fills a text up with spaces to a width in columns. */
export function pad(text: string, width: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return side === 'left' ? space + text : text + space;
}

/**
 * Text of a program that we do not know, made fit for a terminal: no escape sequences or other control characters but
 * line breaks and tabs. Of a line that was written over, as progress bars do, the last state is kept.
 */
export function harmless(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replaceAll('\r\n', '\n')
      .replaceAll(/[^\n]*\r(?=[^\n])/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, '')
  );
}

/** A parameter's value on a single line. */
export function valueCell(value: ParamValue | undefined, width: number): string {
  if (value === undefined) return '';
  return cut(harmless(valueText(value).slice(0, 1000).replaceAll(/\s+/g, ' ')), width);
}

/** `mass=900, thrust=1.4`: these parameters of a run, on one line. */
export function paramsText(params: ParamMap, names: readonly string[]): string {
  const words = names.flatMap((name) => {
    const value = paramAt(params, name);
    return value === undefined ? [] : [`${name}=${valueCell(value, 30)}`];
  });
  return cut(words.join(', '), 100);
}

/** The last lines of a file that may be long, or missing, made fit for a terminal. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const most = 4096;
  let tail: string;
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, Math.max(0, size - most));
    tail = buffer.toString('utf8', 0, bytesRead);
    // The first line began before what was read.
    if (size > most) tail = tail.slice(tail.indexOf('\n') + 1);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
  const lines = harmless(tail)
    .split('\n')
    .map((line) => cut(line.trimEnd(), 200));
  return lines.filter((line) => line !== '').slice(-count);
}

/** `1 run`, `2 runs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
