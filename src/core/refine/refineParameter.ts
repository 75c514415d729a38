import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Domain } from '../plan/parameterSpace.ts';
import type { Distribution } from '../plan/sampling/distribution.ts';
import type { ParamValue } from '../run.ts';
import { unreachable } from '../unreachable.ts';
import { isInside, type Region, roundedOutwards } from './region.ts';

/** What a parameter was, and what is left of it. */
export interface ParameterRegion {
  readonly domain: Domain;
  readonly region: Region;
  /** Only these of its listed values, by their places; where it is listed together with others. Default: those in the region. */
  readonly places?: ReadonlySet<number> | undefined;
}

/** Narrows what a sweep file says of one parameter; returns what shall stand there, which may be the same node, changed. */
export function refineParameter(node: Node, { domain, region, places }: ParameterRegion): Node {
  switch (domain.kind) {
    case 'constant':
      return node;
    case 'values': {
      const isKept = (value: ParamValue | undefined, place: number) =>
        places === undefined ? isInside(region, value) : places.has(place);
      return refineList(node, domain.values, isKept);
    }
    case 'distribution':
      return isMap(node) ? refineDistribution(node, domain.distribution, region) : node;
  }
}

type Kept = (value: ParamValue | undefined, place: number) => boolean;

function refineList(
  node: Node,
  values: { readonly length: number; at(index: number): ParamValue | undefined },
  isKept: Kept,
): Node {
  const kept: ParamValue[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values.at(place);
    if (value !== undefined && isKept(value, place)) kept.push(value);
  }
  if (isSeq(node)) return filteredSeq(node, isKept);
  if (!isMap(node)) return node;
  const list = node.get('values', true);
  if (isSeq(list)) {
    filteredSeq(list, isKept);
    return node;
  }
  // Evenly spaced values and those of a file: what is left of them is written out.
  for (const key of ['from', 'min', 'max', 'steps', 'step', 'scale']) node.delete(key);
  if (kept.length === 1) node.set('value', kept[0]);
  else node.set('values', flowOf(kept));
  return node;
}

function filteredSeq(list: YAMLSeq, isKept: Kept): YAMLSeq {
  list.items = list.items.filter((item, place) => {
    const value = isNode(item) ? (item.toJSON() as ParamValue) : (item as ParamValue);
    return isKept(value, place);
  });
  return list;
}

function refineDistribution(node: YAMLMap, distribution: Distribution, region: Region): Node {
  if (distribution.kind === 'categorical') return refineCategorical(node, distribution, region);
  if (region.kind === 'values') {
    describe(node, { values: region.values });
    return node;
  }
  if (region.min === region.max) {
    describe(node, { value: region.min });
    return node;
  }
  const { min, max } = boundsOf(distribution, region);
  describeDistribution(node, distribution, min, max);
  return node;
}

/** The part of a weighted list that is left; the weights sum to 1 again. */
function refineCategorical(
  node: YAMLMap,
  { values, probabilities = [] }: Extract<Distribution, { kind: 'categorical' }>,
  region: Region,
): Node {
  const places = values.flatMap((value, place) => (isInside(region, value) ? [place] : []));
  const sum = places.reduce((total, place) => total + (probabilities[place] ?? 0), 0);
  const list = node.get('values', true);
  const weights = node.get('probabilities', true);
  if (isSeq(list)) filteredSeq(list, (_, place) => places.includes(place));
  if (places.length === 1 || sum === 0) node.delete('probabilities');
  else if (isSeq(weights)) {
    const scaled = places.map((place) => Number(((probabilities[place] ?? 0) / sum).toPrecision(12)));
    // What rounding took or gave goes to the last one, since they have to sum to 1.
    const others = scaled.slice(0, -1).reduce((total, weight) => total + weight, 0);
    node.set('probabilities', flowOf([...scaled.slice(0, -1), Number((1 - others).toPrecision(12))]));
  }
  return node;
}

/** The region inside what the distribution can give, in numbers that a person would write. */
function boundsOf(
  distribution: Distribution,
  region: { readonly min: number; readonly max: number },
): { readonly min: number; readonly max: number } {
  const isWhole = distribution.kind === 'int_uniform' || distribution.kind === 'poisson';
  if (isWhole) return { min: Math.ceil(region.min), max: Math.floor(region.max) };
  const isOfValues =
    'min' in distribution && distribution.kind !== 'log_uniform' && distribution.kind !== 'q_log_uniform';
  const bounded = isOfValues && distribution.kind !== 'inv_log_uniform' ? distribution : undefined;
  const within = {
    min: bounded?.min ?? Number.NEGATIVE_INFINITY,
    max: bounded?.max ?? Number.POSITIVE_INFINITY,
  };
  const inside = { min: Math.max(region.min, within.min), max: Math.min(region.max, within.max) };
  return roundedOutwards(inside, within);
}

/** The same distribution between two values; for those without bounds the nearest one that has them. */
function describeDistribution(node: YAMLMap, distribution: Distribution, min: number, max: number): void {
  switch (distribution.kind) {
    case 'constant':
    case 'categorical':
      break;
    case 'int_uniform':
    case 'uniform':
    case 'q_uniform':
    case 'log_uniform_values':
    case 'q_log_uniform_values':
    case 'inv_log_uniform_values':
    case 'truncated_normal':
      setNumbers(node, distribution.kind, { min, max });
      break;
    case 'triangular':
      setNumbers(node, 'triangular', { min, max, mode: Math.min(max, Math.max(min, distribution.mode)) });
      break;
    case 'log_uniform':
    case 'q_log_uniform':
      setNumbers(node, distribution.kind, { min: Math.log(min), max: Math.log(max) });
      break;
    case 'inv_log_uniform':
      setNumbers(node, distribution.kind, { min: Math.log(1 / max), max: Math.log(1 / min) });
      break;
    case 'normal':
      node.set('distribution', 'truncated_normal');
      setNumbers(node, 'truncated_normal', { min, max });
      break;
    case 'log_normal':
      describe(node, { distribution: 'log_uniform_values', min, max });
      break;
    case 'q_log_normal':
      describe(node, { distribution: 'q_log_uniform_values', min, max, q: distribution.q });
      break;
    case 'q_normal':
    case 'q_beta':
      describe(node, { distribution: 'q_uniform', min, max, q: distribution.q });
      break;
    case 'poisson':
      describe(node, { distribution: 'int_uniform', min, max });
      break;
    case 'beta':
    case 'exponential':
    case 'weibull':
      describe(node, { distribution: 'uniform', min, max });
      break;
    case 'bernoulli':
      describe(node, { values: [0, 1].filter((value) => value >= min && value <= max) });
      break;
    default:
      unreachable(distribution);
  }
}

/** Without a name, whole bounds mean whole numbers: those of other distributions are written with a point. */
function setNumbers(
  node: YAMLMap,
  kind: Distribution['kind'],
  numbers: Readonly<Record<string, number>>,
): void {
  for (const [key, number] of Object.entries(numbers)) {
    const before = node.get(key, true);
    const scalar = new Scalar(number);
    if (isScalar(before) && before.comment) scalar.comment = before.comment;
    if (kind !== 'int_uniform' && Number.isInteger(number)) scalar.minFractionDigits = 1;
    node.set(key, scalar);
  }
}

/** Replaces what is said of the values by something else; what is said beside them (`nominal`, `when`) stays. */
function describe(node: YAMLMap, fields: Readonly<Record<string, unknown>>): void {
  const others = new Set(['nominal', 'when']);
  node.items = node.items.filter(({ key }) => others.has(String(isScalar(key) ? key.value : key)));
  for (const [key, value] of Object.entries(fields))
    node.set(key, Array.isArray(value) ? flowOf(value) : value);
}

function flowOf(values: readonly unknown[]): Node {
  const node = new Document(values).contents as unknown as YAMLSeq;
  node.flow = true;
  return node;
}
