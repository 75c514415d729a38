/*
 * Decimal digits of doubles, exact whatever the magnitude and however many are asked for. Halves go to the even digit, as
 * IEEE 754 and Python have it; `toFixed` and `toExponential` round them away from zero and end at 100 digits.
 */

/** `|value|` with so many digits behind the point: "1234.50". */
export function fixedDigits(value: number, places: number): string {
  const text = scaled(value, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** `|value|` rounded to so many significant digits (at least one), and the power of ten of the first one; 0 has power 0. */
export function significantDigits(
  value: number,
  count: number,
): { readonly digits: string; readonly power: number } {
  if (value === 0) return { digits: '0'.repeat(count), power: 0 };
  // The shortest form that reads back as the same double can be one power too high: 1e23 is a little less than that.
  const shortest = Number(value.toExponential().split('e')[1]);
  const { numerator, divisor } = fraction(value, -shortest);
  const power = numerator < divisor ? shortest - 1 : shortest;
  const digits = scaled(value, count - 1 - power).toString();
  // Rounding may have carried into one more digit, so that the last one is zero.
  return digits.length > count ? { digits: digits.slice(0, count), power: power + 1 } : { digits, power };
}

/** `|value|` times 10^places, rounded to an integer. */
function scaled(value: number, places: number): bigint {
  const { numerator, divisor } = fraction(value, places);
  const quotient = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** `|value|` times 10^places as a fraction, exactly. */
function fraction(value: number, places: number): { readonly numerator: bigint; readonly divisor: bigint } {
  const { mantissa, exponent } = binaryParts(value);
  return {
    numerator: mantissa * 10n ** BigInt(Math.max(0, places)) * 2n ** BigInt(Math.max(0, exponent)),
    divisor: 10n ** BigInt(Math.max(0, -places)) * 2n ** BigInt(Math.max(0, -exponent)),
  };
}

/** `|value|` as an integer times a power of two: what an IEEE 754 double holds. */
function binaryParts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = BigInt.asUintN(63, view.getBigUint64(0));
  const mantissa = BigInt.asUintN(52, bits);
  const biased = Number(bits >> 52n);
  return biased === 0
    ? { mantissa, exponent: -1074 }
    : { mantissa: mantissa | (1n << 52n), exponent: biased - 1075 };
}
