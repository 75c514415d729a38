import type { ParamValue } from '../run.ts';

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?$/;
const notFinite = /^([-+]?)(?:(nan)|inf(?:inity)?)$/i;

/**
 * What a text that a program wrote stands for: a number where it is one (Fortran's `1.5D-3` too), true or false, or
 * itself without the space around it. What JSON has no number for is "NaN", "Infinity" or "-Infinity", as everywhere in results.
 */
export function valueOfText(text: string): ParamValue {
  const bare = text.trim();
  if (number.test(bare)) return jsonNumber(Number(bare.replace(/[dD]/, 'e')));
  const odd = notFinite.exec(bare);
  if (odd !== null) return odd[2] !== undefined ? 'NaN' : odd[1] === '-' ? '-Infinity' : 'Infinity';
  if (/^true$/i.test(bare)) return true;
  return /^false$/i.test(bare) ? false : bare;
}

/** A value that a parser made, as JSON can hold it. */
export function asJson(value: unknown): ParamValue {
  if (typeof value === 'number') return jsonNumber(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item)]));
  }
  return value === null || value === undefined ? null : String(value);
}

function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
