import type { TextRange } from '../diagnostic.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import type { Expression } from './expression/expression.ts';
import type { Distribution } from './sampling/distribution.ts';

/** A list of values that need not be stored. Arrays are such lists. */
export interface Column {
  readonly length: number;
  /** The value at an index from 0 to length-1. */
  at(index: number): ParamValue | undefined;
}

/** What one parameter may be. */
export type Domain =
  /** The same in every run; combines with whatever the others do. */
  | { readonly kind: 'constant'; readonly value: ParamValue }
  /** One of these, in order. */
  | { readonly kind: 'values'; readonly values: Column }
  /** Whatever the distribution gives: nothing that could be listed. */
  | { readonly kind: 'distribution'; readonly distribution: Distribution };

/** A parameter of a block. */
export interface Parameter {
  /** As it is written in `${…}` and shown: the keys of {@link Parameter.path}, joined by dots. */
  readonly name: string;
  /** The keys that lead to it in a run's parameters: `['opt', 'lr']` for a nested one. */
  readonly path: readonly string[];
  readonly domain: Domain;
  /** Its value while another parameter varies; for `one_at_a_time` alone. */
  readonly nominal: ParamValue | undefined;
}

/** Runs written out one by one; a run may lack parameters that another has. */
export interface RunList {
  readonly length: number;
  at(index: number): ParamMap;
  /** The names of all parameters, in the order of their first appearance. */
  readonly names: readonly string[];
}

/** How the values of a block's own parameters become points. */
export type Sampling =
  /** Every combination; the last parameter varies fastest. */
  | { readonly method: 'grid'; readonly parameters: readonly Parameter[] }
  /** The first values of all parameters together, then the second ones …; all lists are of one length. */
  | { readonly method: 'zip'; readonly parameters: readonly Parameter[] }
  /** All parameters at their nominal values, then one after the other through its values. */
  | { readonly method: 'one_at_a_time'; readonly parameters: readonly Parameter[] }
  /** Points drawn from the parameters' domains. */
  | {
      readonly method: 'random' | 'sobol' | 'halton';
      readonly parameters: readonly Parameter[];
      readonly samples: number;
    }
  /** What first-order and total Sobol indices are estimated from: several points for each of `samples` base points. */
  | {
      readonly method: 'saltelli';
      readonly parameters: readonly Parameter[];
      readonly samples: number;
    }
  | {
      readonly method: 'latin_hypercube';
      readonly parameters: readonly Parameter[];
      readonly samples: number;
      /** Spread the points as far from each other as a search finds; otherwise they are random within their strata. */
      readonly criterion: 'maximin' | undefined;
    }
  /** The points themselves. */
  | { readonly method: 'list'; readonly runs: RunList };

/** A value that is computed from others. */
export interface Derived {
  readonly kind: 'derived';
  readonly name: string;
  readonly path: readonly string[];
  readonly expression: Expression;
}

/** A parameter exists only where this holds. */
export interface Condition {
  readonly kind: 'condition';
  readonly name: string;
  readonly expression: Expression;
}

/** Points that are left out, or kept, or added to: what an expression holds for, or what has these values. */
export type Rule =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'values';
      /** By dotted names. */
      readonly values: ReadonlyMap<string, ParamValue>;
      /** Where it stands in the sweep file. */
      readonly range: TextRange;
    };

/**
 * A set of points: the block's own, times each block of `cross`, times the union of the blocks of `union`; less what is
 * excluded; each as often as `replicates` says.
 */
export interface Block {
  /** Where it stands in the sweep file: "" for the whole file, "sweep[0].cross[1]" … Blocks draw independently of each other. */
  readonly place: string;
  readonly sampling: Sampling | undefined;
  readonly union: readonly Block[] | undefined;
  readonly cross: readonly Block[];
  /** In an order in which each needs only what comes before it. */
  readonly steps: readonly (Condition | Derived)[];
  readonly exclude: readonly Rule[];
  readonly include: readonly Rule[];
  /** How often each point runs; undefined for once, without a number and a seed for each. */
  readonly replicates: number | undefined;
  /** Only the first so many points; undefined for all. */
  readonly limit: number | undefined;
  /** Where problems of the block as a whole are shown. */
  readonly range: TextRange;
}

/** Which runs there are, as a sweep file says it. */
export interface ParameterSpace {
  readonly block: Block;
  /** Where every random choice comes from; undefined where the file leaves it to the launch. */
  readonly seed: number | undefined;
}
