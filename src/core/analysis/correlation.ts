import fCdf from '@stdlib/stats-base-dists-f-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { ranksOfNumbers } from '../resultsTable/order.ts';
import { isConstant, meanOf, standardScores } from './moments.ts';
import type { Estimate, Note } from './note.ts';
import type { Sample, SampledParameter } from './sample.ts';

/** A coefficient of correlation, from -1 to 1. */
export interface Correlation extends Estimate {
  /** How likely so strong a correlation is, were there none: two-sided. Undefined for fewer than three runs. */
  readonly p: number | undefined;
}

/** How one parameter of numbers goes together with the result. */
export interface CorrelatedParameter {
  readonly name: string;
  /** The runs that have it. */
  readonly runs: number;
  readonly spearman: Correlation;
  readonly pearson: Correlation;
}

/** How far a parameter without order explains the result. */
export interface CategoricalEffect {
  readonly name: string;
  readonly runs: number;
  readonly categories: number;
  /** The correlation ratio eta²: the share, from 0 to 1, of the result's variance that lies between the categories. */
  readonly etaSquared: number;
  /** Of the F test of one-way analysis of variance. */
  readonly p: number;
}

/** Correlations of all parameters with a result. */
export interface CorrelationAnalysis {
  readonly kind: 'correlation';
  /** The strongest by Spearman's coefficient first. */
  readonly parameters: readonly CorrelatedParameter[];
  readonly categorical: readonly CategoricalEffect[];
  readonly notes: readonly Note[];
}

/** With fewer runs there is no interval, and nothing to be seen. */
const fewestRuns = 4;
/** The 97.5 % quantile of the standard normal distribution. */
const z975 = 1.959963984540054;

/**
 * Pearson's and Spearman's correlation of each parameter of numbers with the result; for the others, whose codes would be no
 * numbers, eta². Runs that lack a parameter are left out for that one.
 */
export function correlations(sample: Sample): CorrelationAnalysis {
  const notes: Note[] = [];
  if (sample.values.length < fewestRuns)
    return empty({ kind: 'few-runs', runs: sample.values.length, needed: fewestRuns });
  if (isConstant(sample.values)) return empty({ kind: 'constant-result' });
  if (sample.parameters.length === 0) return empty({ kind: 'no-parameter' });
  const parameters: CorrelatedParameter[] = [];
  const categorical: CategoricalEffect[] = [];
  const many: string[] = [];
  const silent: string[] = [];
  const results = variable(sample.values);
  for (const parameter of sample.parameters) {
    if (parameter.kind === 'numeric') {
      const found = correlatedParameter(parameter.name, parameter.values, results);
      if (found === undefined) silent.push(parameter.name);
      else parameters.push(found);
      continue;
    }
    const effect = effectOf(parameter, sample.values);
    if (effect === undefined) many.push(parameter.name);
    else categorical.push(effect);
  }
  if (silent.length > 0) notes.push({ kind: 'constant', parameters: silent });
  if (categorical.length > 0)
    notes.push({ kind: 'no-numbers', parameters: categorical.map(({ name }) => name) });
  if (many.length > 0) notes.push({ kind: 'many-categories', parameters: many });
  return {
    kind: 'correlation',
    parameters: parameters.sort((a, b) => Math.abs(b.spearman.value) - Math.abs(a.spearman.value)),
    categorical: categorical.sort((a, b) => b.etaSquared - a.etaSquared),
    notes,
  };
}

function empty(note: Note): CorrelationAnalysis {
  return { kind: 'correlation', parameters: [], categorical: [], notes: [note] };
}

/** Undefined where the runs that have the parameter are too few, or where one of the two is constant among them. */
function correlatedParameter(
  name: string,
  values: Float64Array,
  results: Variable,
): CorrelatedParameter | undefined {
  const isWhole = !values.some((value) => Number.isNaN(value));
  const x = isWhole ? values : values.filter((value) => !Number.isNaN(value));
  if (x.length < fewestRuns || isConstant(x)) return undefined;
  const y = isWhole ? results : variable(results.numbers.filter((_, index) => !Number.isNaN(values[index])));
  if (isConstant(y.numbers)) return undefined;
  const own = variable(x);
  return { name, runs: x.length, spearman: spearmanOf(own, y), pearson: pearsonOf(own, y) };
}

/** Numbers with what is computed from them for every correlation, when it is asked for. */
interface Variable {
  readonly numbers: Float64Array;
  scores(): Float64Array;
  rankScores(): Float64Array;
}

function variable(numbers: Float64Array): Variable {
  let scores: Float64Array | undefined;
  let rankScores: Float64Array | undefined;
  return {
    numbers,
    scores: () => {
      scores ??= standardScores(numbers);
      return scores;
    },
    rankScores: () => {
      rankScores ??= standardScores(meanRanks(numbers));
      return rankScores;
    },
  };
}

/**
 * Pearson's coefficient of correlation, with its p-value by Student's t distribution and a 95 % interval by Fisher's
 * transformation: atanh(r) is about normal with the standard error 1/√(n - 3).
 *
 * Source: R. A. Fisher, "On the probable error of a coefficient of correlation deduced from a small sample", Metron 1 (1921).
 */
export function pearson(x: Float64Array, y: Float64Array): Correlation {
  return pearsonOf(variable(x), variable(y));
}

function pearsonOf(x: Variable, y: Variable): Correlation {
  return correlationOf(x.scores(), y.scores(), () => 1);
}

/**
 * Spearman's coefficient: Pearson's of the ranks, where equal values share their mean rank. The interval is by Fisher's
 * transformation with the standard error √((1 + ρ²/2)/(n - 3)).
 *
 * Source: D. G. Bonett and T. A. Wright, "Sample size requirements for estimating Pearson, Kendall and Spearman
 * correlations", Psychometrika 65 (2000).
 */
export function spearman(x: Float64Array, y: Float64Array): Correlation {
  return spearmanOf(variable(x), variable(y));
}

function spearmanOf(x: Variable, y: Variable): Correlation {
  return correlationOf(x.rankScores(), y.rankScores(), (rho) => Math.sqrt(1 + rho ** 2 / 2));
}

function correlationOf(
  scoresX: Float64Array,
  scoresY: Float64Array,
  widening: (coefficient: number) => number,
): Correlation {
  const size = scoresX.length;
  let sum = 0;
  for (let index = 0; index < size; index++) sum += (scoresX[index] as number) * (scoresY[index] as number);
  const value = Math.min(1, Math.max(-1, sum / (size - 1)));
  const freedom = size - 2;
  const t = value * Math.sqrt(freedom / ((1 - value) * (1 + value)));
  const p = freedom < 1 ? undefined : Math.abs(value) === 1 ? 0 : 2 * tCdf(-Math.abs(t), freedom);
  if (size < fewestRuns) return { value, low: undefined, high: undefined, p };
  const half = (z975 * widening(value)) / Math.sqrt(size - 3);
  const centre = Math.atanh(value);
  return { value, low: Math.tanh(centre - half), high: Math.tanh(centre + half), p };
}

/** The ranks from 1; equal numbers share the mean of theirs. */
function meanRanks(numbers: Float64Array): Float64Array {
  const { ranks, highest } = ranksOfNumbers(numbers);
  const counts = new Uint32Array(highest + 1);
  for (const rank of ranks) (counts[rank] as number)++;
  const means = new Float64Array(highest + 1);
  let before = 0;
  for (let rank = 1; rank <= highest; rank++) {
    means[rank] = before + ((counts[rank] as number) + 1) / 2;
    before += counts[rank] as number;
  }
  return Float64Array.from(ranks, (rank) => means[rank] as number);
}

/**
 * Eta² with the F test of one-way analysis of variance. Undefined where the categories are more than half of the runs: each
 * then explains itself.
 */
function effectOf(
  { name, codes, categories }: Extract<SampledParameter, { kind: 'categorical' }>,
  results: Float64Array,
): CategoricalEffect | undefined {
  const sums = new Float64Array(categories.length + 1);
  const counts = new Uint32Array(categories.length + 1);
  const present = results.filter((_, index) => codes[index] !== 0);
  for (const [index, code] of codes.entries()) {
    sums[code] = (sums[code] as number) + (results[index] as number);
    (counts[code] as number)++;
  }
  if (present.length < fewestRuns || 2 * categories.length > present.length) return undefined;
  const mean = meanOf(present);
  const total = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (total === 0 || categories.length < 2) return undefined;
  let between = 0;
  for (let code = 1; code <= categories.length; code++) {
    const count = counts[code] as number;
    between += count * ((sums[code] as number) / count - mean) ** 2;
  }
  const etaSquared = Math.min(1, between / total);
  const groups = categories.length - 1;
  const freedom = present.length - categories.length;
  const f = etaSquared / groups / ((1 - etaSquared) / freedom);
  return {
    name,
    runs: present.length,
    categories: categories.length,
    etaSquared,
    p: etaSquared === 1 ? 0 : etaSquared === 0 ? 1 : fCdf(1 / f, freedom, groups),
  };
}
