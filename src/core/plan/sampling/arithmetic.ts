import complementaryErrorFunction from '@stdlib/math-base-special-erfc';
import complementaryErrorFunctionInverse from '@stdlib/math-base-special-erfcinv';
import exponential from '@stdlib/math-base-special-exp';
import naturalLogarithm from '@stdlib/math-base-special-ln';
import logarithmOfOnePlus from '@stdlib/math-base-special-log1p';
import power from '@stdlib/math-base-special-pow';

/*
 * The functions that a value of a plan passes through. Math.exp, Math.log and their like may differ in the last bits from
 * one engine to the next, and with them the plan; these are stdlib's ports of FreeBSD's msun and of Boost, which use
 * nothing but the operations that IEEE 754 rounds correctly, so that every machine computes the same bits. Of Math, only
 * what is exact is used in this folder: abs, floor, round, min, max, sqrt.
 */

/** e^x. */
export const exp: (x: number) => number = exponential;

/** The natural logarithm. */
export const ln: (x: number) => number = naturalLogarithm;

/** ln(1 + x), also for an x near 0. */
export const log1p: (x: number) => number = logarithmOfOnePlus;

/** base^exponent. */
export const pow: (base: number, exponent: number) => number = power;

/** 1 - erf(x), also where erf(x) is near 1. */
export const erfc: (x: number) => number = complementaryErrorFunction;

/** The x for which erfc(x) is `y`, for y from 0 (infinity) to 2 (minus infinity). */
export const erfcinv: (y: number) => number = complementaryErrorFunctionInverse;

/** The integer nearest to `x`; of two that are equally near the even one, as NumPy and IEEE 754 round. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const over = x - below;
  if (over !== 0.5) return over < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
