import type { ParamValue } from '../run.ts';
import { formatNumber, lengthOf, pad } from './formatNumber.ts';
import { type FormatSpec, isForNumbers } from './formatSpec.ts';

/**
 * Writes a value as a format says: numbers and texts as Python's `format` writes them. A truth value is 1 or 0 where a
 * type asks for a number; without a type it, null, lists and maps are taken for the text that stands for them.
 * Throws a RangeError that says why a value has no such form.
 */
export function formatValue(value: ParamValue, spec: FormatSpec): string {
  const { type } = spec;
  if (typeof value === 'number') {
    if (type === 's') throw new RangeError(`"s" is for texts, and ${value} is a number`);
    return formatNumber(value, spec);
  }
  if (typeof value === 'boolean' && type !== undefined && type !== 's') {
    return formatNumber(Number(value), spec);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type !== undefined && type !== 's')
    throw new RangeError(`"${type}" is for numbers, and ${shown(text)} is none`);
  if (isForNumbers(spec) || spec.align === '=') {
    throw new RangeError(`signs and digits are for numbers, and ${shown(text)} is none`);
  }
  return formatText(text, spec);
}

function formatText(text: string, { align = '<', fill, precision, width, zeroPadded }: FormatSpec): string {
  const kept = precision === undefined ? text : [...text].slice(0, precision).join('');
  return pad(kept, Math.max(0, width - lengthOf(kept)), align, fill ?? (zeroPadded ? '0' : ' '));
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
