import type { ParamValue } from '../../run.ts';
import type { Column, Domain, Parameter, RunList } from '../parameterSpace.ts';
import type { Distribution } from '../sampling/distribution.ts';
import { arange } from '../sampling/values.ts';
import { mostKnownValues, type PointColumn, type Points, productOf } from './points.ts';

/**
 * The values of a domain one after the other; undefined where there is no such list. As W&B has it, integers between bounds
 * can be listed (both bounds included), and so can the steps of `q_uniform` (from `min` on, below `max`).
 */
export function listOf(domain: Domain): Column | undefined {
  switch (domain.kind) {
    case 'constant':
      return [domain.value];
    case 'values':
      return domain.values;
    case 'distribution':
      return listOfDistribution(domain.distribution);
  }
}

function listOfDistribution(distribution: Distribution): Column | undefined {
  if (distribution.kind === 'int_uniform') {
    const { min, max } = distribution;
    return { length: max - min + 1, at: (index) => min + index };
  }
  if (distribution.kind === 'q_uniform') {
    const { min, max, q } = distribution;
    const all = arange(min, max, q);
    const isMet = all.length > 1 && all.at(all.length - 1) >= max;
    return { length: isMet ? all.length - 1 : all.length, at: (index) => all.at(index) };
  }
  return undefined;
}

/** What is known of a parameter whose values are these. */
export function columnOf({ name, path }: Pick<Parameter, 'name' | 'path'>, values: Column): PointColumn {
  return { name, path, isOptional: false, values: knownValues(values) };
}

function knownValues(values: Column): ParamValue[] | undefined {
  if (values.length > mostKnownValues) return undefined;
  return Array.from({ length: values.length }, (_, index) => values.at(index) as ParamValue);
}

function columnsOf(parameters: readonly Parameter[]): Column[] {
  return parameters.map(({ name, domain }) => {
    const list = listOf(domain);
    if (list === undefined) throw new RangeError(`the values of "${name}" cannot be listed`);
    return list;
  });
}

/** Every combination of the parameters' values; the last parameter varies fastest. */
export function gridPoints(parameters: readonly Parameter[]): Points {
  const lists = columnsOf(parameters);
  const lengths = lists.map(({ length }) => length);
  return {
    size: productOf(lengths),
    columns: parameters.map((parameter, index) => columnOf(parameter, lists[index] as Column)),
    fill(index, row, at) {
      // The index is a number whose digits count in the lists' lengths, the last parameter being the last digit.
      let rest = index;
      for (let digit = lists.length - 1; digit >= 0; digit--) {
        const length = lengths[digit] as number;
        const next = Math.floor(rest / length);
        row[at + digit] = (lists[digit] as Column).at(rest - next * length);
        rest = next;
      }
    },
  };
}

/** The first values of all parameters together, then the second ones …; constants go with each. */
export function zipPoints(parameters: readonly Parameter[]): Points {
  const lists = columnsOf(parameters);
  const isConstant = parameters.map(({ domain }) => domain.kind === 'constant');
  const [size = 1, ...others] = lists.filter((_, index) => !isConstant[index]).map(({ length }) => length);
  if (others.some((length) => length !== size)) throw new RangeError('the lists of a zip differ in length');
  return {
    size,
    columns: parameters.map((parameter, index) => columnOf(parameter, lists[index] as Column)),
    fill(index, row, at) {
      for (let column = 0; column < lists.length; column++) {
        row[at + column] = (lists[column] as Column).at(isConstant[column] ? 0 : index);
      }
    },
  };
}

/** The nominal values of all parameters, then one parameter after the other through its other values. */
export function oneAtATimePoints(parameters: readonly Parameter[], others: readonly Column[]): Points {
  const nominal = parameters.map((parameter) => nominalOf(parameter));
  const firsts: number[] = [];
  let size = 1;
  for (const { length } of others) {
    firsts.push(size);
    size += length;
  }
  return {
    size,
    columns: parameters.map((parameter, index) => ({
      ...columnOf(parameter, others[index] as Column),
      values: undefined,
    })),
    fill(index, row, at) {
      for (let column = 0; column < nominal.length; column++) row[at + column] = nominal[column];
      if (index === 0) return;
      const varied = firsts.findLastIndex(
        (first, column) => first <= index && (others[column] as Column).length > 0,
      );
      row[at + varied] = (others[varied] as Column).at(index - (firsts[varied] as number));
    },
  };
}

/** What a parameter is while another one varies. */
export function nominalOf({ name, domain, nominal }: Parameter): ParamValue {
  if (domain.kind === 'constant') return domain.value;
  if (nominal === undefined) throw new RangeError(`"${name}" has no nominal value`);
  return nominal;
}

/** Points that are written out. */
export function runPoints(runs: RunList): Points {
  return {
    size: runs.length,
    columns: runs.names.map((name) => ({ name, path: [name], isOptional: true, values: undefined })),
    fill(index, row, at) {
      const run = runs.at(index);
      for (let column = 0; column < runs.names.length; column++) {
        const name = runs.names[column] as string;
        row[at + column] = Object.hasOwn(run, name) ? run[name] : undefined;
      }
    },
  };
}

/** The runs of an array. */
export function runList(runs: readonly { readonly [name: string]: ParamValue }[]): RunList {
  const names = new Set<string>();
  for (const run of runs) for (const name of Object.keys(run)) names.add(name);
  return { length: runs.length, at: (index) => runs[index] as never, names: [...names] };
}
