/** A number as people write it: `digits` / `scale`, both integers, the scale a power of ten. */
export interface Decimal {
  readonly digits: number;
  readonly scale: number;
}

/** The largest power of ten that a double holds exactly has so many zeros. */
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
  const digits = Number(`${whole}${fraction}e${Math.max(0, -decimals)}`);
  if (!Number.isSafeInteger(digits)) return undefined;
  return { digits, scale: powerOfTen(Math.max(0, decimals)) };
}

/** Numbers brought to one scale; undefined when one of them cannot be computed with exactly. */
export function atOneScale(...numbers: number[]): { digits: number[]; scale: number } | undefined {
  const decimals: Decimal[] = [];
  for (const x of numbers) {
    const decimal = decimalOf(x);
    if (decimal === undefined) return undefined;
    decimals.push(decimal);
  }
  const scale = Math.max(...decimals.map((decimal) => decimal.scale));
  const digits = decimals.map((decimal) => decimal.digits * (scale / decimal.scale));
  return digits.every(Number.isSafeInteger) ? { digits, scale } : undefined;
}

/**
 * `count` times `step` as people reckon: 3 · 0.1 is 0.3, not 0.30000000000000004. The quotient of two integers is rounded
 * once and correctly, so that it is the number that is written like the exact result.
 */
export function multipleOf(step: number, decimal: Decimal | undefined, count: number): number {
  const digits = decimal === undefined ? Number.NaN : decimal.digits * count;
  return Number.isSafeInteger(digits) ? digits / (decimal as Decimal).scale : step * count;
}

/** Ten to a power that a double holds exactly. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}
