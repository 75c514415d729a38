/** A number as people write it: `digits` / `scale`, both integers, the scale a power of ten. */
export interface Decimal {
  readonly digits: number;
  readonly scale: number;
}

/** The largest power of ten that a double holds exactly. */
const largestDecimals = 22;

/**
 * The number whose shortest notation is that of `x`; undefined when its digits or its scale are too many to compute with
 * exactly.
 */
export function decimalOf(x: number): Decimal | undefined {
  const [coefficient = '', exponent = '0'] = String(x).split('e');
  const [whole = '', fraction = ''] = coefficient.split('.');
  const decimals = fraction.length - Number(exponent);
  if (decimals > largestDecimals) return undefined;
  const digits = Number(whole + fraction + '0'.repeat(Math.max(0, -decimals)));
  if (!Number.isSafeInteger(digits)) return undefined;
  return { digits, scale: Number(`1e${Math.max(0, decimals)}`) };
}

/**
 * `count` times `step` as people reckon: 3 · 0.1 is 0.3, not 0.30000000000000004. The quotient of two integers is rounded
 * once and correctly, so that it is the number that is written like the exact result.
 */
export function multipleOf(step: number, decimal: Decimal | undefined, count: number): number {
  const digits = decimal === undefined ? Number.NaN : decimal.digits * count;
  // The sum with 0 leaves no negative zero.
  return (Number.isSafeInteger(digits) ? digits / (decimal as Decimal).scale : step * count) + 0;
}
