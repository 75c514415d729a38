import type { ParamMap, ParamValue } from '../run.ts';

/** Which runs there are, as a sweep file says it. */
export type ParameterSpace =
  /** Every combination; the last parameter varies fastest. */
  | { readonly method: 'grid'; readonly parameters: ReadonlyMap<string, readonly ParamValue[]> }
  /** The first values of all parameters together, then the second ones …; all lists are of one length. */
  | { readonly method: 'zip'; readonly parameters: ReadonlyMap<string, readonly ParamValue[]> }
  /** The runs themselves. */
  | { readonly method: 'list'; readonly runs: readonly ParamMap[] };
