import type { ParameterSpace } from '../plan/parameterSpace.ts';
import { replicateName, replicateSeedName } from '../plan/points/replicated.ts';
import type { SaltelliDesign } from './sobolIndices.ts';

/** What a sweep file says of how its runs belong together. */
export interface SweepDesign {
  /** How often each point runs: 1 where nothing is repeated. */
  readonly replicates: number;
  /** Where the plan was made for Sobol indices. */
  readonly saltelli: SaltelliDesign | undefined;
}

/** How the runs of a parameter space belong together. */
export function designOf({ block }: ParameterSpace): SweepDesign {
  const { sampling, cross, union, exclude, include, limit, replicates = 1 } = block;
  const isPlain =
    cross.length === 0 &&
    union === undefined &&
    exclude.length === 0 &&
    include.length === 0 &&
    limit === undefined;
  if (!isPlain || sampling?.method !== 'saltelli') return { replicates, saltelli: undefined };
  const parameters = sampling.parameters
    .filter(({ domain }) => domain.kind !== 'constant')
    .map(({ name }) => name);
  return { replicates, saltelli: { parameters, replicates } };
}

/** The parameters that tell repetitions of a point apart, which are no cause of anything. */
export function repetitionNames({ replicates }: SweepDesign): ReadonlySet<string> {
  return new Set(replicates > 1 ? [replicateName, replicateSeedName] : []);
}
