import { paramAt, valueKey } from '../params.ts';
import type { ParamMap, ParamValue } from '../run.ts';

/** Where a person wants to look closer at one parameter. */
export type Region =
  /** Numbers from `min` to `max`, both included. */
  | { readonly kind: 'interval'; readonly min: number; readonly max: number }
  /** One of these values. */
  | { readonly kind: 'values'; readonly values: readonly ParamValue[] };

/** The region that runs span in one parameter; undefined where none of them has it. */
export function regionOf(runs: readonly ParamMap[], name: string): Region | undefined {
  const values = runs.flatMap((params) => {
    const value = paramAt(params, name);
    return value === undefined ? [] : [value];
  });
  if (values.length === 0) return undefined;
  if (values.every((value) => typeof value === 'number')) {
    const [min, max] = [least(values), greatest(values)];
    return { kind: 'interval', min, max };
  }
  return { kind: 'values', values: [...new Map(values.map((value) => [valueKey(value), value])).values()] };
}

/** Whether a value lies in a region. */
export function isInside(region: Region, value: ParamValue | undefined): boolean {
  if (region.kind === 'interval')
    return typeof value === 'number' && value >= region.min && value <= region.max;
  return value !== undefined && region.values.some((one) => valueKey(one) === valueKey(value));
}

/**
 * An interval with bounds that a person would write: rounded outwards to a hundredth of its width, or less; over an order of
 * magnitude each to three digits. Never beyond `within`.
 */
export function roundedOutwards(
  { min, max }: { readonly min: number; readonly max: number },
  within: { readonly min: number; readonly max: number },
): { readonly min: number; readonly max: number } {
  const isWide = min > 0 && max / min > 10;
  const digitsFor = (size: number): number => 2 - Math.floor(Math.log10(size));
  return {
    min: Math.max(rounded(min, digitsFor(isWide ? min : max - min), Math.floor), within.min),
    max: Math.min(rounded(max, digitsFor(isWide ? max : max - min), Math.ceil), within.max),
  };
}

/** A number with so many decimal places; as it is where that would not make it shorter. */
function rounded(number: number, digits: number, round: (number: number) => number): number {
  if (!(digits >= 0 && digits <= 15)) return number;
  // Its product with a power of ten is not always exact.
  if (Number(number.toFixed(digits)) === number) return number;
  const whole = round(number * 10 ** digits);
  return Number.isSafeInteger(whole) ? Number((whole / 10 ** digits).toFixed(digits)) : number;
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((low, number) => Math.min(low, number), Number.POSITIVE_INFINITY);
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((high, number) => Math.max(high, number), Number.NEGATIVE_INFINITY);
}
