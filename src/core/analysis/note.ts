/** What a person must know of an analysis: what was left out of it and why, or how far it can be trusted. Data, so that each face says it in its own words. */
export type Note =
  /** Runs that did not succeed, whose results are not looked at. */
  | { readonly kind: 'unsuccessful'; readonly runs: number }
  /** Runs that succeeded, but whose result is no finite number. */
  | { readonly kind: 'no-number'; readonly runs: number }
  /** The result is the same in all runs. */
  | { readonly kind: 'constant-result' }
  /** There are fewer runs than this analysis needs. */
  | { readonly kind: 'few-runs'; readonly runs: number; readonly needed: number }
  /** No parameter is left to look at. */
  | { readonly kind: 'no-parameter' }
  /** Parameters that vary in the sweep, but not among the runs that are looked at. */
  | { readonly kind: 'constant'; readonly parameters: readonly string[] }
  /** Parameters whose values have no order, and so no correlation. */
  | { readonly kind: 'no-numbers'; readonly parameters: readonly string[] }
  /** Parameters of words with so many different values that each stands for hardly any run. */
  | { readonly kind: 'many-categories'; readonly parameters: readonly string[] }
  /** Parameters that some of the runs lack. */
  | { readonly kind: 'incomplete'; readonly parameters: readonly string[] }
  /** Parameters that follow from those before them by a linear equation, so that their effects cannot be told apart. */
  | { readonly kind: 'dependent'; readonly parameters: readonly string[] }
  /** Only some of the runs were looked at, since all would take too long. */
  | { readonly kind: 'subsample'; readonly runs: number; readonly of: number }
  /** The model predicts runs that it has not seen badly; its importances mean little. `r2` is at most 1, and may be negative. */
  | { readonly kind: 'poor-prediction'; readonly r2: number }
  /** A straight line does not describe the result well; its coefficients mean little. */
  | { readonly kind: 'poor-fit'; readonly r2: number }
  /** Base points of a Saltelli design that were left out, since a run of theirs has no result. */
  | { readonly kind: 'incomplete-base-points'; readonly missing: number; readonly of: number }
  /** Runs of a Saltelli design share values with others, so that intervals are narrower and p-values smaller than they should be. */
  | { readonly kind: 'shared-values' }
  /** The plan was not made for Sobol indices. */
  | { readonly kind: 'no-design' }
  /** The runs do not stand where the design has them. */
  | { readonly kind: 'other-order' };

/** A value with its interval; the interval is missing where there are too few runs for one. */
export interface Estimate {
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}
