import type { ParamMap } from '../run.ts';

/** The ordered runs that a sweep file expands to. Nothing is stored a run: any run can be asked for at any time. */
export interface Plan {
  /** How many runs there are. */
  readonly size: number;
  /** Names of all parameters, in the order of the sweep file. */
  readonly names: readonly string[];
  /** The parameters of a run. Throws a RangeError for an index outside 0 … size-1. */
  at(index: number): ParamMap;
}

/** The runs of a plan in order, each made when it is asked for. */
export function* runsOf(plan: Plan): Generator<ParamMap> {
  for (let index = 0; index < plan.size; index++) yield plan.at(index);
}
