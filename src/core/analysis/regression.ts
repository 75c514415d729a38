import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { inverse, Matrix, QrDecomposition } from 'ml-matrix';
import { type EncodedColumn, encodeParameters } from './encode.ts';
import { isConstant, standardScores } from './moments.ts';
import type { Estimate, Note } from './note.ts';
import type { Sample } from './sample.ts';

/** A standardised regression coefficient: by how many standard deviations the result changes with one of the parameter. */
export interface RegressionCoefficient extends Estimate {
  /** The name of the parameter; of one of words `engine = raptor`. */
  readonly name: string;
  /** The category that this one is compared with; undefined for numbers. */
  readonly reference: string | undefined;
  /** How likely so large a coefficient is, had the parameter no effect: two-sided, by Student's t distribution. */
  readonly p: number;
}

/** A linear model of a result. */
export interface RegressionAnalysis {
  readonly kind: 'regression';
  /** The largest first. */
  readonly coefficients: readonly RegressionCoefficient[];
  /** The share of the result's variance that the model explains, from 0 to 1; undefined where there is no model. */
  readonly r2: number | undefined;
  /** The same, less what as many parameters without any effect would explain; may be negative. */
  readonly adjustedR2: number | undefined;
  readonly runs: number;
  readonly notes: readonly Note[];
}

/** A column whose part that does not follow from those before it is smaller than this share of it counts as dependent. */
const dependence = 1e-9;
/** Below this, a straight line is a bad description. */
const poorFit = 0.5;

/**
 * Ordinary least squares with standardised parameters and result, by Householder QR; with 95 % intervals by Student's t
 * distribution. Parameters of words are 0 and 1 for each category against the most frequent one.
 *
 * Source: A. Saltelli et al., "Global sensitivity analysis: the primer" (2008), section 1.2.5: standardised regression
 * coefficients measure sensitivity as far as R² is near 1.
 */
export function standardisedRegression(sample: Sample): RegressionAnalysis {
  const runs = sample.values.length;
  const { parameters, notes } = encodeParameters(sample);
  const nothing = (...why: readonly Note[]): RegressionAnalysis => ({
    kind: 'regression',
    coefficients: [],
    r2: undefined,
    adjustedR2: undefined,
    runs,
    notes: [...notes, ...why],
  });
  const all = parameters.flatMap(({ columns }) => columns);
  if (runs === 0) return nothing({ kind: 'few-runs', runs, needed: all.length + 2 });
  if (isConstant(sample.values)) return nothing({ kind: 'constant-result' });
  if (all.length === 0) return nothing({ kind: 'no-parameter' });
  if (runs < all.length + 2) return nothing({ kind: 'few-runs', runs, needed: all.length + 2 });
  const { kept, dependent, decomposition } = decompose(all, runs);
  if (dependent.length > 0) notes.push({ kind: 'dependent', parameters: dependent.map(({ name }) => name) });
  const y = standardScores(sample.values);
  const solution = decomposition.solve(Matrix.columnVector(y)).to1DArray();
  const rInverse = inverse(decomposition.upperTriangularMatrix);
  const freedom = runs - kept.length - 1;
  const unexplained = Math.min(runs - 1, residualSquares(kept, solution, y));
  const variance = unexplained / freedom;
  const t975 = tQuantile(0.975, freedom);
  const coefficients = kept.map(({ name, reference }, place): RegressionCoefficient => {
    const value = solution[place] as number;
    const row = rInverse.getRow(place);
    const error = Math.sqrt(variance * row.reduce((sum, entry) => sum + entry ** 2, 0));
    const p = error === 0 ? Number(value === 0) : 2 * tCdf(-Math.abs(value / error), freedom);
    return { name, reference, value, low: value - t975 * error, high: value + t975 * error, p };
  });
  const r2 = 1 - unexplained / (runs - 1);
  if (r2 < poorFit) notes.push({ kind: 'poor-fit', r2 });
  return {
    kind: 'regression',
    coefficients: coefficients.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
    r2,
    adjustedR2: 1 - (1 - r2) * ((runs - 1) / freedom),
    runs,
    notes,
  };
}

function matrixOf(columns: readonly EncodedColumn[], runs: number): Matrix {
  const matrix = Matrix.zeros(runs, columns.length);
  for (const [column, { scores }] of columns.entries()) matrix.setColumn(column, scores);
  return matrix;
}

/**
 * The columns that do not follow from those before them, with their decomposition: in the QR of a matrix the diagonal of R
 * holds what is each column's own.
 */
function decompose(columns: readonly EncodedColumn[], runs: number): Decomposed {
  const decomposition = new QrDecomposition(matrixOf(columns, runs));
  const { upperTriangularMatrix } = decomposition;
  const isOwn = (place: number) =>
    Math.abs(upperTriangularMatrix.get(place, place)) > dependence * Math.sqrt(runs - 1);
  const kept = columns.filter((_, place) => isOwn(place));
  if (kept.length === columns.length) return { kept, dependent: [], decomposition };
  const dependent = columns.filter((_, place) => !isOwn(place));
  return { kept, dependent, decomposition: new QrDecomposition(matrixOf(kept, runs)) };
}

interface Decomposed {
  readonly kept: readonly EncodedColumn[];
  readonly dependent: readonly EncodedColumn[];
  readonly decomposition: QrDecomposition;
}

function residualSquares(
  columns: readonly EncodedColumn[],
  coefficients: readonly number[],
  y: Float64Array,
): number {
  const residuals = y.slice();
  for (const [place, { scores }] of columns.entries()) {
    const coefficient = coefficients[place] as number;
    for (let row = 0; row < residuals.length; row++)
      residuals[row] = (residuals[row] as number) - coefficient * (scores[row] as number);
  }
  return residuals.reduce((sum, residual) => sum + residual ** 2, 0);
}
