import { RandomForestRegression } from 'ml-random-forest';
import { permutation } from '../plan/sampling/permutation.ts';
import { type EncodedParameter, encodeParameters } from './encode.ts';
import { isConstant, meanOf, standardScores, varianceOf } from './moments.ts';
import type { Estimate, Note } from './note.ts';
import type { Sample } from './sample.ts';

/** How much worse a model predicts when it is told another run's value of a parameter: the loss of R², above 0. */
export interface PermutationImportance extends Estimate {
  readonly name: string;
}

/** Importances of all parameters for a result. */
export interface ImportanceAnalysis {
  readonly kind: 'importance';
  /** The most important first; the interval is one standard deviation over shuffles and folds to either side. */
  readonly parameters: readonly PermutationImportance[];
  /** R² of the predictions for runs that the model had not seen; undefined where there is no model. */
  readonly r2: number | undefined;
  /** The runs that were looked at. */
  readonly runs: number;
  readonly notes: readonly Note[];
}

/** With fewer runs, a forest learns nothing that holds for others. */
const fewestRuns = 30;
const folds = 3;
const shuffles = 5;
const trees = 50;
/** The library's trees take time in proportion to the runs' square times the columns; this much takes a few seconds. */
const mostWork = 2e6;
const poorPrediction = 0.3;

/**
 * Permutation importance by random forests: a third of the runs is predicted by a forest that was trained with the others, then
 * predicted again with one parameter's values shuffled; three times, so that each run is predicted once. What counts is how
 * much of R² is lost. Unlike a correlation it sees effects of any shape, and what works only together with others.
 *
 * Takes seconds. The same sample and seed give the same importances.
 *
 * Source: L. Breiman, "Random forests", Machine Learning 45 (2001), section 10; with held-out runs in place of those out of
 * the bag.
 */
export function permutationImportance(sample: Sample, seed = 0): ImportanceAnalysis {
  const { parameters, notes } = encodeParameters(sample);
  const nothing = (why: Note): ImportanceAnalysis => {
    return {
      kind: 'importance',
      parameters: [],
      r2: undefined,
      runs: sample.values.length,
      notes: [...notes, why],
    };
  };
  if (sample.values.length < fewestRuns)
    return nothing({ kind: 'few-runs', runs: sample.values.length, needed: fewestRuns });
  if (isConstant(sample.values)) return nothing({ kind: 'constant-result' });
  if (parameters.length === 0) return nothing({ kind: 'no-parameter' });
  const columns = parameters.reduce((count, parameter) => count + parameter.columns.length, 0);
  const order = permutation(seed, 'importance', sample.values.length);
  const size = Math.min(
    sample.values.length,
    Math.max(4 * fewestRuns, Math.floor(Math.sqrt(mostWork / columns))),
  );
  if (size < sample.values.length) notes.push({ kind: 'subsample', runs: size, of: sample.values.length });
  const chosen = Array.from({ length: size }, (_, place) => order(place));
  const scores = standardScores(sample.values);
  const y = Float64Array.from(chosen, (index) => scores[index] as number);
  if (isConstant(y)) return nothing({ kind: 'constant-result' });
  const { losses, r2 } = crossPredict(rowsOf(parameters, chosen), y, parameters, seed);
  if (r2 < poorPrediction) notes.push({ kind: 'poor-prediction', r2 });
  return {
    kind: 'importance',
    parameters: parameters
      .map(({ name }, place) => ({ name, ...spread(losses[place] as Float64Array) }))
      .sort((a, b) => b.value - a.value),
    r2,
    runs: size,
    notes,
  };
}

function spread(losses: Float64Array): Estimate {
  const value = meanOf(losses);
  const deviation = Math.sqrt(varianceOf(losses));
  return { value, low: value - deviation, high: value + deviation };
}

function rowsOf(parameters: readonly EncodedParameter[], indexes: readonly number[]): number[][] {
  const columns = parameters.flatMap((parameter) => parameter.columns);
  return indexes.map((index) => columns.map(({ scores }) => scores[index] as number));
}

/** By parameter, the loss of R² in each fold and shuffle; and R² over all folds. */
function crossPredict(
  x: readonly number[][],
  y: Float64Array,
  parameters: readonly EncodedParameter[],
  seed: number,
): { losses: Float64Array[]; r2: number } {
  const variance = varianceOf(y);
  const losses = parameters.map(() => new Float64Array(folds * shuffles));
  let squares = 0;
  for (let fold = 0; fold < folds; fold++) {
    // The runs are in random order already.
    const isHeldOut = (_: unknown, index: number) => index % folds === fold;
    const held = x.filter(isHeldOut);
    const truth = y.filter(isHeldOut);
    const forest = trained(
      x.filter((_, index) => index % folds !== fold),
      Array.from(y.filter((_, index) => index % folds !== fold)),
      (seed + fold) | 0,
    );
    const error = meanSquare(forest.predict(held), truth);
    squares += error * truth.length;
    let first = 0;
    for (const [place, { columns }] of parameters.entries()) {
      for (let shuffle = 0; shuffle < shuffles; shuffle++) {
        const from = permutation(seed, `${fold} ${place} ${shuffle}`, held.length);
        const shuffled = held.map((row, index) => {
          const other = held[from(index)] as number[];
          return row.map((value, column) =>
            column >= first && column < first + columns.length ? (other[column] as number) : value,
          );
        });
        const loss = (meanSquare(forest.predict(shuffled), truth) - error) / variance;
        (losses[place] as Float64Array)[fold * shuffles + shuffle] = loss;
      }
      first += columns.length;
    }
  }
  return { losses, r2: 1 - squares / (variance * (y.length - 1)) };
}

function trained(x: number[][], y: number[], seed: number): RandomForestRegression {
  const forest = new RandomForestRegression({
    seed,
    nEstimators: trees,
    maxFeatures: x[0]?.length ?? 1,
    replacement: false,
    useSampleBagging: true,
    noOOB: true,
    selectionMethod: 'mean',
    treeOptions: { minNumSamples: 3 },
  });
  forest.train(x, y);
  return forest;
}

function meanSquare(predicted: readonly number[], truth: Float64Array): number {
  return (
    truth.reduce((sum, value, index) => sum + (value - (predicted[index] as number)) ** 2, 0) / truth.length
  );
}
