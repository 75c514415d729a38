import type { ParamMap } from '../run.ts';

/** The ordered runs that a sweep file expands to. Nothing is stored a run: any run can be asked for at any time. */
export interface Plan {
  /** How many runs there are. */
  readonly size: number;
  /** Dotted names of all parameters, in the order of the sweep file; what is derived and what is added to repeated runs last. */
  readonly names: readonly string[];
  /** The seed that values come from; undefined where nothing is left to chance. */
  readonly seed: number | undefined;
  /**
   * The parameters of a run. Throws a RangeError for an index outside 0 … size-1, and a PlanFailure where an expression fails
   * for this run.
   */
  at(index: number): ParamMap;
  /** What the sweep file leaves out by `exclude` and `include`, in order. */
  readonly excluded: ExcludedPoints;
}

/** Points that a sweep file leaves out. */
export interface ExcludedPoints {
  readonly size: number;
  at(index: number): ExcludedPoint;
}

/** A point that a sweep file leaves out. */
export interface ExcludedPoint {
  readonly params: ParamMap;
  /** Which entry of `exclude` holds for it, from 0; undefined where no expression of `include` does. */
  readonly rule: number | undefined;
}

/** The runs of a plan in order, each made when it is asked for. */
export function* runsOf(plan: Plan): Generator<ParamMap> {
  for (let index = 0; index < plan.size; index++) yield plan.at(index);
}

/** So many runs of a plan are looked at before anything starts: half of them at either end. */
export const runsTried = 1000;

/** The first and the last runs of a plan: what goes wrong in some run mostly goes wrong in one of these. */
export function* runsToTry({ size }: Plan): Generator<number> {
  for (let run = 0; run < size; run++) {
    if (run === runsTried / 2) run = Math.max(run, size - runsTried / 2);
    yield run;
  }
}
