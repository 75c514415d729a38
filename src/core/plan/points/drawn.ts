import type { ParamValue } from '../../run.ts';
import { unreachable } from '../../unreachable.ts';
import type { Domain, Sampling } from '../parameterSpace.ts';
import type { Distribution } from '../sampling/distribution.ts';
import { halton } from '../sampling/halton.ts';
import { latinHypercube } from '../sampling/latinHypercube.ts';
import type { PointSet } from '../sampling/pointSet.ts';
import { quantileFunction } from '../sampling/quantile.ts';
import { randomStream } from '../sampling/random.ts';
import { saltelli, saltelliSize } from '../sampling/saltelli.ts';
import { sobol } from '../sampling/sobol.ts';
import { columnOf } from './listed.ts';
import type { PointColumn, Points } from './points.ts';

/** Samplings whose points are drawn. */
export type DrawnSampling = Extract<Sampling, { readonly samples: number }>;

/** The number in [0, 1) that a value of a point is drawn with. */
type Draw = (index: number) => number;

/**
 * Points drawn from the parameters' domains: each coordinate goes through the inverse of its distribution. A point depends
 * on the seed and on its index alone; with a Latin hypercube also on the number of samples.
 *
 * One more column holds which draw a point is, since two draws that happen to agree are two runs all the same.
 */
export function drawnPoints(sampling: DrawnSampling, seed: number, place: string): Points {
  const { parameters, samples } = sampling;
  const drawn = parameters.filter(({ domain }) => domain.kind !== 'constant');
  const draws = drawsOf(
    sampling,
    seed,
    drawn.map(({ name }) => name),
  );
  const valueAt = parameters.map(({ domain }) => {
    const inverse = inverseOf(domain);
    const draw = domain.kind === 'constant' ? () => 0 : (draws.shift() as Draw);
    return (index: number): ParamValue | undefined => inverse(draw(index));
  });
  const columns = parameters.map((parameter): PointColumn => {
    const { domain } = parameter;
    if (domain.kind === 'constant') return columnOf(parameter, [domain.value]);
    if (domain.kind === 'values') return columnOf(parameter, domain.values);
    const values = isContinuous(domain.distribution) ? 'continuous' : undefined;
    return { ...columnOf(parameter, []), values };
  });
  return {
    size: sampling.method === 'saltelli' ? saltelliSize(samples, drawn.length) : samples,
    columns: [...columns, { name: `draw ${place}`, path: [], isOptional: false, values: undefined }],
    fill(index, row, at) {
      for (let column = 0; column < valueAt.length; column++) {
        row[at + column] = (valueAt[column] as (index: number) => ParamValue | undefined)(index);
      }
      row[at + valueAt.length] = index;
    },
  };
}

function drawsOf(sampling: DrawnSampling, seed: number, names: readonly string[]): Draw[] {
  if (names.length === 0) return [];
  const dimensions = names.length;
  const coordinates = ({ at }: PointSet): Draw[] =>
    names.map((_, dimension) => (index) => at(index, dimension));
  switch (sampling.method) {
    case 'random':
      return names.map((name) => randomStream(seed, name).uniformAt);
    case 'latin_hypercube': {
      const { samples, criterion } = sampling;
      return coordinates(latinHypercube({ seed, dimensions, samples, criterion }));
    }
    case 'sobol':
      return coordinates(sobol({ seed, dimensions }));
    case 'halton':
      return coordinates(halton({ seed, dimensions }));
    case 'saltelli':
      return coordinates(saltelli({ seed, dimensions, baseSamples: sampling.samples }));
    default:
      return unreachable(sampling);
  }
}

function inverseOf(domain: Domain): (u: number) => ParamValue | undefined {
  switch (domain.kind) {
    case 'constant':
      return () => domain.value;
    case 'values': {
      const { values } = domain;
      return (u) => values.at(Math.floor(u * values.length));
    }
    case 'distribution':
      return quantileFunction(domain.distribution);
    default:
      return unreachable(domain);
  }
}

/** Whether two draws practically never agree. */
function isContinuous(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case 'constant':
    case 'categorical':
    case 'int_uniform':
    case 'poisson':
    case 'bernoulli':
      return false;
    default:
      if ('q' in distribution) return false;
      return !('min' in distribution) || distribution.min < distribution.max;
  }
}
