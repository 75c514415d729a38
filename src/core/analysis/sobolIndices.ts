import { randomStream } from '../plan/sampling/random.ts';
import { saltelliRow } from '../plan/sampling/saltelli.ts';
import { isConstant, percentileInterval } from './moments.ts';
import type { Estimate, Note } from './note.ts';
import type { Sample, SampledParameter } from './sample.ts';

/** How the runs of a plan stand in a Saltelli design. */
export interface SaltelliDesign {
  /** The parameters that were drawn, in the order of the design's dimensions. */
  readonly parameters: readonly string[];
  /** How often each point runs; repetitions follow each other. */
  readonly replicates: number;
}

/** The shares of a result's variance that one parameter is the cause of. */
export interface SobolIndices {
  readonly name: string;
  /** By itself. */
  readonly first: Estimate;
  /** By itself and together with others. */
  readonly total: Estimate;
}

/** Sobol indices of all parameters for a result. */
export interface SobolAnalysis {
  readonly kind: 'sobol';
  /** The largest total index first. */
  readonly parameters: readonly SobolIndices[];
  /** The base points of which all runs have a result. */
  readonly basePoints: number;
  readonly notes: readonly Note[];
}

/** Fewer base points say nothing. */
const fewestBasePoints = 8;
const level = 0.95;
/** As many resamples as take a second or so. */
const mostWork = 2e8;
const mostResamples = 1000;

/**
 * First-order and total Sobol indices, with 95 % percentile intervals by a bootstrap over the base points. Repetitions of a
 * point count as their mean. The estimators, for f at the rows of A, B and A with column i from B:
 *
 * - first order, Sᵢ = mean(f(B) (f(ABᵢ) - f(A))) / V: A. Saltelli et al., "Variance based sensitivity analysis of model
 *   output", Comput. Phys. Commun. 181 (2010), table 2 (b);
 * - total, STᵢ = mean((f(A) - f(ABᵢ))²) / 2V: M. J. W. Jansen, "Analysis of variance designs for model output", Comput. Phys.
 *   Commun. 117 (1999); table 2 (f) there.
 *
 * V is the variance of f at A and B together. f is centred first, which changes no index and makes the estimates better.
 * An estimate may lie a little outside of 0 to 1.
 */
export function sobolIndices(sample: Sample, design: SaltelliDesign | undefined, seed = 0): SobolAnalysis {
  const nothing = (...notes: readonly Note[]): SobolAnalysis => ({
    kind: 'sobol',
    parameters: [],
    basePoints: 0,
    notes,
  });
  if (design === undefined) return nothing({ kind: 'no-design' });
  const dimensions = design.parameters.length;
  const width = dimensions + 2;
  const points = pointsOf(sample, design);
  const bases = [...new Set(Array.from(points.keys(), (point) => Math.floor(point / width)))];
  const whole = bases.filter((base) =>
    Array.from({ length: width }, (_, place) => points.has(base * width + place)).every(Boolean),
  );
  const notes: Note[] = [];
  if (!hasOrder(sample, design, whole, points)) return nothing({ kind: 'other-order' });
  if (whole.length < bases.length)
    notes.push({ kind: 'incomplete-base-points', missing: bases.length - whole.length, of: bases.length });
  if (whole.length < fewestBasePoints) {
    const runs = whole.length * width * design.replicates;
    const needed = fewestBasePoints * width * design.replicates;
    return nothing(...notes, { kind: 'few-runs', runs, needed });
  }
  const results = resultsOf(whole, width, points);
  if (isConstant(results)) return nothing(...notes, { kind: 'constant-result' });
  const all = Uint32Array.from(whole.keys());
  const estimated = estimate(results, width, all);
  if (!estimated.total.every(Number.isFinite)) return nothing(...notes, { kind: 'constant-result' });
  const resampled = bootstrap(results, width, seed);
  const interval = (values: Float64Array | undefined) =>
    values === undefined ? { low: undefined, high: undefined } : percentileInterval(values, level);
  return {
    kind: 'sobol',
    parameters: design.parameters
      .map((name, dimension) => ({
        name,
        first: { value: estimated.first[dimension] as number, ...interval(resampled.first[dimension]) },
        total: { value: estimated.total[dimension] as number, ...interval(resampled.total[dimension]) },
      }))
      .sort((a, b) => b.total.value - a.total.value),
    basePoints: whole.length,
    notes,
  };
}

interface Point {
  /** Where its first run stands in the sample. */
  readonly index: number;
  sum: number;
  count: number;
}

/** The points that have results, by their places in the design. */
function pointsOf({ runs, values }: Sample, { replicates }: SaltelliDesign): Map<number, Point> {
  const points = new Map<number, Point>();
  for (const [index, run] of runs.entries()) {
    const place = Math.floor(run / replicates);
    const value = values[index] as number;
    const known = points.get(place);
    if (known === undefined) points.set(place, { index, sum: value, count: 1 });
    else {
      known.sum += value;
      known.count += 1;
    }
  }
  return points;
}

/** The results by base point, each with those of A, of AB for each dimension, and of B; centred and scaled. */
function resultsOf(
  bases: readonly number[],
  width: number,
  points: ReadonlyMap<number, Point>,
): Float64Array {
  const results = new Float64Array(bases.length * width);
  for (const [row, base] of bases.entries()) {
    for (let place = 0; place < width; place++) {
      const { sum, count } = points.get(base * width + place) as Point;
      results[row * width + place] = sum / count;
    }
  }
  let mean = 0;
  for (let at = 0; at < results.length; at += width)
    mean += ((results[at] as number) + (results[at + width - 1] as number)) / (2 * bases.length);
  const largest = results.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  return largest === 0 ? results : results.map((value) => (value - mean) / largest);
}

interface Estimated {
  readonly first: Float64Array;
  readonly total: Float64Array;
}

/** The indices from these base points; NaN where A and B have no variance. */
function estimate(results: Float64Array, width: number, bases: Uint32Array): Estimated {
  const dimensions = width - 2;
  const first = new Float64Array(dimensions);
  const total = new Float64Array(dimensions);
  let sum = 0;
  let squares = 0;
  for (const base of bases) {
    const at = base * width;
    const a = results[at] as number;
    const b = results[at + width - 1] as number;
    sum += a + b;
    squares += a * a + b * b;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const ab = results[at + 1 + dimension] as number;
      (first[dimension] as number) += b * (ab - a);
      (total[dimension] as number) += (a - ab) ** 2;
    }
  }
  const count = bases.length;
  const variance = squares / (2 * count) - (sum / (2 * count)) ** 2;
  return {
    first: first.map((value) => value / count / variance),
    total: total.map((value) => value / (2 * count) / variance),
  };
}

/** By dimension, the indices from base points drawn with replacement; undefined where hardly any draw has a variance. */
function bootstrap(
  results: Float64Array,
  width: number,
  seed: number,
): { readonly [of in 'first' | 'total']: readonly (Float64Array | undefined)[] } {
  const size = results.length / width;
  const resamples = Math.min(mostResamples, Math.max(100, Math.floor(mostWork / results.length)));
  const { wordAt } = randomStream(seed, 'bootstrap');
  const bases = new Uint32Array(size);
  const drawn = Array.from({ length: resamples }, (_, resample) => {
    for (let place = 0; place < size; place++) {
      bases[place] = Math.floor(wordAt(resample * size + place) * size * 2 ** -32);
    }
    return estimate(results, width, bases);
  }).filter(({ total }) => total.every(Number.isFinite));
  const of = (kind: 'first' | 'total') =>
    Array.from({ length: width - 2 }, (_, dimension) =>
      2 * drawn.length < resamples
        ? undefined
        : Float64Array.from(drawn, (one) => one[kind][dimension] as number),
    );
  return { first: of('first'), total: of('total') };
}

/** Whether the parameters of the runs differ as the design has it. */
function hasOrder(
  { parameters }: Sample,
  design: SaltelliDesign,
  bases: readonly number[],
  points: ReadonlyMap<number, Point>,
): boolean {
  const dimensions = design.parameters.length;
  const known = design.parameters.map((name) => parameters.find((parameter) => parameter.name === name));
  for (const base of bases) {
    const first = base * (dimensions + 2);
    const indexOf = (place: number) => points.get(first + place)?.index ?? 0;
    for (let place = 1; place <= dimensions; place++) {
      const { swapped } = saltelliRow(first + place, dimensions);
      for (const [dimension, parameter] of known.entries()) {
        if (parameter === undefined) continue;
        const source = indexOf(dimension === swapped ? dimensions + 1 : 0);
        if (!Object.is(valueAt(parameter, indexOf(place)), valueAt(parameter, source))) return false;
      }
    }
  }
  return true;
}

function valueAt(parameter: SampledParameter, index: number): number | undefined {
  return parameter.kind === 'numeric' ? parameter.values[index] : parameter.codes[index];
}
