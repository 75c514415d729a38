import { unreachable } from '../../unreachable.ts';
import { exp, ln } from './arithmetic.ts';
import { atOneScale } from './decimal.ts';

/** Values in a row, none of them stored. */
export interface Column {
  readonly length: number;
  /** The value at a place from 0 to length - 1. */
  at(index: number): number;
}

/** Evenly spaced values, as a sweep file describes them. */
export type Spacing =
  /** `steps` values from min to max, both included. */
  | { readonly kind: 'linspace'; readonly min: number; readonly max: number; readonly steps: number }
  /** The same with a constant ratio. */
  | { readonly kind: 'logspace'; readonly min: number; readonly max: number; readonly steps: number }
  /** min, min + step … up to max, which is included when it is met. */
  | { readonly kind: 'arange'; readonly min: number; readonly max: number; readonly step: number };

/** The values that a spacing without a {@link spacingProblem} describes. */
export function spaced(spacing: Spacing): Column {
  const { min, max } = spacing;
  switch (spacing.kind) {
    case 'linspace':
      return linspace(min, max, spacing.steps);
    case 'logspace':
      return logspace(min, max, spacing.steps);
    case 'arange':
      return arange(min, max, spacing.step);
    default:
      return unreachable(spacing);
  }
}

/** The field of a spacing that is wrong, and a message that says what is expected; undefined when nothing is. */
export function spacingProblem(spacing: Spacing): { field: string; message: string } | undefined {
  const { kind, min, max } = spacing;
  for (const [field, value] of Object.entries(spacing)) {
    if (field !== 'kind' && !Number.isFinite(value)) {
      return { field, message: `"${field}" is a finite number, not ${value}` };
    }
  }
  if (min > max) return { field: 'min', message: `"min" is at most "max", but ${min} is over ${max}` };
  if (!Number.isFinite(max - min)) {
    return { field: 'max', message: `from ${min} to ${max} it is farther than a number can tell` };
  }
  if (kind === 'arange') {
    if (spacing.step <= 0) {
      return { field: 'step', message: `"step" is greater than 0, not ${spacing.step}` };
    }
    if (Number.isSafeInteger(stepsBetween(min, max, spacing.step) + 1)) return undefined;
    return { field: 'step', message: `from ${min} to ${max} by ${spacing.step} there are too many values` };
  }
  if (kind === 'logspace' && min <= 0) {
    return { field: 'min', message: `a logarithmic scale begins above 0, not at ${min}` };
  }
  const least = min === max ? 1 : 2;
  if (Number.isSafeInteger(spacing.steps) && spacing.steps >= least) return undefined;
  const expected =
    least === 1 ? 'a whole number from 1 on' : 'a whole number from 2 on, as both ends are included';
  return { field: 'steps', message: `"steps" is ${expected}, not ${spacing.steps}` };
}

/**
 * `steps` evenly spaced values, both ends included. Each is the number nearest to the exact result as far as the ends have
 * few digits: 0 to 0.3 in 4 steps is 0, 0.1, 0.2, 0.3.
 */
export function linspace(min: number, max: number, steps: number): Column {
  const last = steps - 1;
  const exact = atOneScale(min, max);
  const [low = 0, high = 0] = exact?.digits ?? [];
  const divisor = (exact?.scale ?? Number.NaN) * last;
  const isExact = [low * last, high * last, divisor].every(Number.isSafeInteger);
  return column(steps, (index) => {
    if (index === 0) return min;
    if (index === last) return max;
    if (isExact) return (low * (last - index) + high * index) / divisor;
    return Math.min(max, min + (max - min) * (index / last));
  });
}

/**
 * `steps` values from min to max, both included, each the same number of times its predecessor. 0.0001 to 1 in 5 steps is
 * 0.0001, 0.001, 0.01, 0.1, 1: what lies as near to a number of up to 12 digits as logarithms can tell is that number.
 */
export function logspace(min: number, max: number, steps: number): Column {
  const last = steps - 1;
  const from = ln(min);
  const to = ln(max);
  const error = 4e-16 * (2 + Math.max(Math.abs(from), Math.abs(to)));
  return column(steps, (index) => {
    if (index === 0) return min;
    if (index === last) return max;
    const value = exp(from + (to - from) * (index / last));
    const short = Number(value.toPrecision(12));
    return Math.max(min, Math.min(max, Math.abs(short - value) <= error * value ? short : value));
  });
}

/**
 * min, min + step, min + 2 · step … up to max, which is included when it is met: 0 to 1 by 0.1 has 11 values, the seventh
 * of which is 0.6.
 */
export function arange(min: number, max: number, step: number): Column {
  const last = stepsBetween(min, max, step);
  const exact = atOneScale(min, step);
  const [low = 0, by = 0] = exact?.digits ?? [];
  const isExact = exact !== undefined && Number.isSafeInteger(low + last * by);
  return column(last + 1, (index) =>
    Math.min(max, isExact ? (low + index * by) / exact.scale : min + index * step),
  );
}

/** How many times `step` fits between min and max; a step that ends a rounding error behind max fits. */
function stepsBetween(min: number, max: number, step: number): number {
  const exact = atOneScale(min, max, step);
  if (exact === undefined) return Math.floor(((max - min) / step) * (1 + 2 ** -50));
  const [low = 0, high = 0, by = 1] = exact.digits;
  return Math.floor((high - low) / by);
}

function column(length: number, valueAt: (index: number) => number): Column {
  return {
    length,
    at(index) {
      // The sum with 0 leaves no negative zero.
      if (Number.isInteger(index) && index >= 0 && index < length) return valueAt(index) + 0;
      throw new RangeError(`no value ${index} in a row of ${length}`);
    },
  };
}
