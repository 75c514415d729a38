import type { ParamMap, ParamValue } from '../run.ts';
import { unreachable } from '../unreachable.ts';
import type { ParameterSpace } from './parameterSpace.ts';
import type { Plan } from './plan.ts';

/**
 * The runs that a parameter space holds, in order. Takes time and memory in proportion to the sweep file, never to the
 * number of runs.
 *
 * Throws a RangeError when a grid has more runs than can be counted exactly (2^53 - 1), or the lists of a zip differ in
 * length: a parsed sweep file has neither.
 */
export function planSweep(space: ParameterSpace): Plan {
  switch (space.method) {
    case 'grid':
      return planGrid(space.parameters);
    case 'zip':
      return planZip(space.parameters);
    case 'list':
      return planList(space.runs);
    default:
      return unreachable(space);
  }
}

type Columns = ReadonlyMap<string, readonly ParamValue[]>;

function planGrid(parameters: Columns): Plan {
  const size = gridSize(parameters);
  if (!Number.isSafeInteger(size)) throw new RangeError(`a grid of about ${size} runs is too large to plan`);
  const columns = [...parameters];
  return planOf([...parameters.keys()], size, (index) => {
    // The index is a number whose digits count in the parameters' lengths, the last parameter being the last digit.
    const entries: [string, ParamValue][] = new Array(columns.length);
    let rest = index;
    for (let digit = columns.length - 1; digit >= 0; digit--) {
      const [name, values] = columns[digit] as [string, readonly ParamValue[]];
      entries[digit] = [name, values[rest % values.length] as ParamValue];
      rest = Math.floor(rest / values.length);
    }
    return Object.fromEntries(entries);
  });
}

/** The product of the lengths; inexact or infinite from 2^53 on. */
export function gridSize(parameters: ReadonlyMap<string, readonly unknown[]>): number {
  let size = 1;
  for (const values of parameters.values()) {
    if (values.length === 0) return 0;
    size *= values.length;
  }
  return size;
}

function planZip(parameters: Columns): Plan {
  const columns = [...parameters];
  const size = columns[0]?.[1].length ?? 0;
  if (columns.some(([, values]) => values.length !== size)) {
    throw new RangeError('the lists of a zip differ in length');
  }
  return planOf([...parameters.keys()], size, (index) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[index] as ParamValue])),
  );
}

function planList(runs: readonly ParamMap[]): Plan {
  const names = new Set<string>();
  for (const run of runs) for (const name of Object.keys(run)) names.add(name);
  return planOf([...names], runs.length, (index) => runs[index] as ParamMap);
}

function planOf(names: readonly string[], size: number, pointAt: (index: number) => ParamMap): Plan {
  return {
    size,
    names,
    at(index) {
      if (!(Number.isInteger(index) && index >= 0 && index < size)) {
        throw new RangeError(`no run ${index} in a plan of ${size}`);
      }
      return pointAt(index);
    },
  };
}
