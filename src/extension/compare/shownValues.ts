import type { ParamValue } from '../../core/run.ts';

const longestValue = 500;

/**
 * Values of one name as a row shows them side by side; a dash where there is none. Numbers come without what computing in
 * binary has left of them (0.1 + 0.2 is 0.3), unless two that differ would look alike.
 */
export function shownValues(values: readonly (ParamValue | undefined)[]): string[] {
  const texts = values.map((value) => shown(value, formatRounded));
  const numbers = new Set(values.filter((value) => typeof value === 'number'));
  const looks = new Set(Array.from(numbers, formatRounded));
  return looks.size === numbers.size ? texts : values.map((value) => shown(value, String));
}

function shown(value: ParamValue | undefined, format: (value: number) => string): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return format(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function formatRounded(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value)
    ? String(value)
    : String(Number(value.toPrecision(15)));
}
