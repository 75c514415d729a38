import { unreachable } from '../unreachable.ts';
import { type CorrelationAnalysis, correlations } from './correlation.ts';
import { type ImportanceAnalysis, permutationImportance } from './importance.ts';
import { type RegressionAnalysis, standardisedRegression } from './regression.ts';
import type { Sample } from './sample.ts';
import { type SaltelliDesign, type SobolAnalysis, sobolIndices } from './sobolIndices.ts';

/** The ways to ask which parameters a result depends on. */
export const sensitivityKinds = ['correlation', 'regression', 'importance', 'sobol'] as const;

/** One of {@link sensitivityKinds}. */
export type SensitivityKind = (typeof sensitivityKinds)[number];

/** What one of them answers. */
export type Sensitivity = CorrelationAnalysis | RegressionAnalysis | ImportanceAnalysis | SobolAnalysis;

/**
 * Analyses a sample. The same arguments give the same answer. Of many runs, `importance` takes seconds; in the editor this
 * runs in a thread of its own.
 */
export function analyse(
  kind: SensitivityKind,
  sample: Sample,
  design: SaltelliDesign | undefined,
): Sensitivity {
  if (kind === 'sobol') return sobolIndices(sample, design);
  const analysis = analyseAnyDesign(kind, sample);
  if (design === undefined) return analysis;
  return { ...analysis, notes: [...analysis.notes, { kind: 'shared-values' }] };
}

function analyseAnyDesign(kind: Exclude<SensitivityKind, 'sobol'>, sample: Sample) {
  switch (kind) {
    case 'correlation':
      return correlations(sample);
    case 'regression':
      return standardisedRegression(sample);
    case 'importance':
      return permutationImportance(sample);
    default:
      return unreachable(kind);
  }
}
