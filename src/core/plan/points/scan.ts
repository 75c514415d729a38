import type { TextRange } from '../../diagnostic.ts';
import type { Expression } from '../expression/expression.ts';
import { PlanFailure } from '../planFailure.ts';

/** Looks at points one by one, as far as there is time for it. */
export interface Scan {
  /**
   * Throws a {@link PlanFailure} when so many points are too many to look at each. `what` makes them look at: "… and exclude
   * looks at each".
   */
  admit(size: number, what: string, expressions?: readonly Expression[]): void;
}

/**
 * After how many points a look at all of them takes a pause, for who lets other work be done in between: some milliseconds.
 */
export const pointsATurn = 8192;

/** How many points are looked at, where a plan cannot be made without. A point takes about a microsecond. */
export const mostScanned = 2_000_000;
/** How many steps of expressions are made for it. A step takes about ten nanoseconds. */
const mostStepsScanned = 400_000_000;

/** Bounds what is looked at; problems are shown at `range`. */
export function scanWithin(most: number, range: TextRange): Scan {
  return {
    admit(size, what, expressions = []) {
      if (size > most) {
        throw new PlanFailure({
          code: 'too-many-runs',
          severity: 'error',
          message: `about ${roughly(size)} points are too many to look at each for ${what}; at most ${roughly(most)} can be`,
          range,
        });
      }
      const steps = size * expressions.reduce((sum, expression) => sum + expression.steps, 0);
      if (steps > mostStepsScanned) {
        throw new PlanFailure({
          code: 'too-many-runs',
          severity: 'error',
          message: `${what} would take too long for ${roughly(size)} points; use simpler expressions or fewer points`,
          range,
        });
      }
    },
  };
}

/** A large number, as people say it. */
export function roughly(size: number): string {
  return size < 1e15 ? size.toLocaleString('en') : size.toExponential(0).replace('e+', ' · 10^');
}
