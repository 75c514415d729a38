import type { ParamValue } from '../run.ts';

/*
 * W&B hands arguments over as Python's `str` writes them, so that a program which was written for it reads `True`, `None`
 * and `{'lr': 0.1}`. Whole numbers are written as Python's `int`, since JSON does not tell 2 from 2.0.
 */

/** A value as Python's `str` writes it: a text as it is, everything else as {@link pythonRepr}. */
export function pythonStr(value: ParamValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** A value as Python's `repr` writes it. */
function pythonRepr(value: ParamValue): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
      return pythonNumber(value);
    case 'string':
      return pythonQuoted(value);
    default:
      break;
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  const entries = Object.entries(value as { readonly [key: string]: ParamValue });
  return `{${entries.map(([key, item]) => `${pythonQuoted(key)}: ${pythonRepr(item)}`).join(', ')}}`;
}

function pythonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const [digits = '', power = ''] = value.toExponential().split('e');
  if (Number(power) >= -4 && Number(power) < 16) return String(value);
  return `${digits}e${power.charAt(0)}${power.slice(1).padStart(2, '0')}`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function pythonQuoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let quoted = '';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (char === quote) quoted += `\\${char}`;
    else if (escapes[char] !== undefined) quoted += escapes[char];
    else if (isPrintable(char)) quoted += char;
    else if (code < 0x100) quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, '0')}`;
    else quoted += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return quote + quoted + quote;
}

/** As Python's `str.isprintable`: neither "Other" nor "Separator" in Unicode, but for the space. */
function isPrintable(char: string): boolean {
  return char === ' ' || !/[\p{C}\p{Z}]/u.test(char);
}

/** A value as Python's `json.dumps` writes it: with a space behind each comma and colon, and in ASCII alone. */
export function pythonJson(value: ParamValue): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as { readonly [key: string]: ParamValue });
    return `{${entries.map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item)}`).join(', ')}}`;
  }
  if (typeof value === 'number') return pythonNumber(value);
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
