import type { TextRange } from '../diagnostic.ts';
import { valueKey } from '../params.ts';
import type { Column, Parameter, RunList, Sampling } from '../plan/parameterSpace.ts';
import { listOf } from '../plan/points/listed.ts';
import { productOf } from '../plan/points/points.ts';
import { roughly } from '../plan/points/scan.ts';
import { largestHaltonDimensions } from '../plan/sampling/halton.ts';
import { maximinProblem } from '../plan/sampling/maximin.ts';
import { largestSaltelliDimensions, saltelliSize } from '../plan/sampling/saltelli.ts';
import { largestSobolDimensions } from '../plan/sampling/sobol.ts';
import type { ParamValue } from '../run.ts';
import type { Reading } from './reading.ts';
import type { ReadParameter } from './readParameters.ts';
import { type MapNode, pointAt } from './source.ts';
import { type Method, methods } from './spaceSchema.ts';

/** What a block's own points are made of. */
interface Own {
  readonly map: MapNode;
  readonly parameters: readonly ReadParameter[];
  readonly runs: RunList | undefined;
}

/** How a block's own points are made; undefined where there are none, and where that is in doubt. */
export function readSampling(own: Own, reading: Reading): Sampling | undefined {
  const { map, runs } = own;
  if (runs !== undefined) return { method: 'list', runs };
  const method = methodOf(map);
  if (method === undefined) return undefined;
  if (method === 'list') {
    if (!map.entries.has('runs')) {
      reading.report(
        'missing-key',
        rangeAt(map, 'method', reading),
        '"method: list" needs "runs", a list of the runs or a file with them',
      );
    }
    return undefined;
  }
  if (map.entries.has('criterion') && method !== 'latin_hypercube') {
    reading.report(
      'conflicting-keys',
      map.entries.get('criterion')?.keyRange ?? map.range,
      '"criterion" is for "method: latin_hypercube" alone; remove it',
    );
  }
  if (!map.entries.has('parameters')) {
    return undefined;
  }
  switch (method) {
    case 'grid':
    case 'zip':
    case 'one_at_a_time':
      return readListed(method, own, reading);
    default:
      return readDrawn(method, own, reading);
  }
}

function methodOf(map: MapNode): Method | 'saltelli' | undefined {
  if (map.entries.get('design')?.node.value === 'saltelli') return 'saltelli';
  const written = map.entries.get('method')?.node.value ?? 'grid';
  return methods.find((method) => method === written);
}

function rangeAt(map: MapNode, key: string, { text }: Reading): TextRange {
  const entry = map.entries.get(key);
  return entry === undefined ? map.range : pointAt(text, { key: entry.keyRange, node: entry.node });
}

type SoundParameter = ReadParameter & Parameter;

function isSoundParameter(parameter: ReadParameter): parameter is SoundParameter {
  return parameter.domain !== undefined;
}

/** Without what only reading needs. */
function plain({ name, path, domain, nominal }: Parameter): Parameter {
  return { name, path, domain, nominal };
}

function readListed(
  method: 'grid' | 'zip' | 'one_at_a_time',
  { map, parameters }: Own,
  reading: Reading,
): Sampling | undefined {
  const lists = new Map<ReadParameter, Column>();
  for (const parameter of parameters.filter(isSoundParameter)) {
    const list = listOf(parameter.domain);
    if (list === undefined) reportEndless(method, parameter, reading);
    else if (parameter.domain.kind !== 'constant') lists.set(parameter, list);
    if (
      method === 'one_at_a_time' &&
      parameter.domain.kind !== 'constant' &&
      parameter.nominal === undefined
    ) {
      reading.report(
        'missing-key',
        parameter.nameRange,
        `"${parameter.name}" needs "nominal", its value while another parameter varies, for "method: one_at_a_time"`,
      );
    }
  }
  if (method === 'zip') checkLengths(lists, reading);
  if (method === 'grid') {
    const size = productOf([...lists.values()].map(({ length }) => length));
    if (!Number.isSafeInteger(size)) {
      reading.report(
        'too-many-runs',
        map.entries.get('parameters')?.keyRange ?? map.range,
        `a grid of about ${size.toExponential(0)} runs, more than can be counted; use fewer values, or "method: zip"`,
      );
    }
  }
  const sound = parameters.filter(isSoundParameter);
  if (sound.length < parameters.length || sound.some(({ domain }) => listOf(domain) === undefined))
    return undefined;
  if (
    method === 'one_at_a_time' &&
    sound.some(({ domain, nominal }) => domain.kind !== 'constant' && nominal === undefined)
  )
    return undefined;
  const listed = method === 'zip' ? sound : sound.map((parameter) => withoutRepetitions(parameter, reading));
  return { method, parameters: listed.map(plain) };
}

/** A value that stands twice makes no further combination. */
function withoutRepetitions(parameter: SoundParameter, reading: Reading): Parameter {
  const { domain } = parameter;
  if (domain.kind !== 'values' || !Array.isArray(domain.values)) return parameter;
  const values = domain.values as readonly ParamValue[];
  const distinct = [...new Map(values.map((value) => [valueKey(value), value])).values()];
  if (distinct.length === values.length || !reading.areValuesSure) return parameter;
  const repeated = values.length - distinct.length;
  reading.report(
    'repeated-value',
    parameter.nameRange,
    `"${parameter.name}": ${repeated === 1 ? 'a value stands' : `${roughly(repeated)} values stand`} twice; each runs once. To repeat runs, write "replicates"`,
    { severity: 'warning' },
  );
  return { ...parameter, domain: { kind: 'values', values: distinct } };
}

function reportEndless(
  method: string,
  { name, nameRange, domain }: SoundParameter,
  { report }: Reading,
): void {
  const drawn = 'write "method: random" with "samples" to draw from it';
  if (domain.kind === 'distribution' && domain.distribution.kind === 'categorical') {
    report(
      'needs-values',
      nameRange,
      `"${name}": "probabilities" mean nothing for "method: ${method}"; remove them, or ${drawn}`,
    );
    return;
  }
  const kind = domain.kind === 'distribution' ? domain.distribution.kind : domain.kind;
  const steps =
    kind === 'uniform' ? 'add "steps: 5" for five values from "min" to "max"' : 'write "values" with a list';
  report(
    'needs-values',
    nameRange,
    `"${name}" has the distribution ${kind}, and "method: ${method}" needs a list of values; ${steps}, or ${drawn}`,
  );
}

function checkLengths(lists: ReadonlyMap<ReadParameter, Column>, { report }: Reading): void {
  const [first] = lists;
  if (first === undefined) return;
  const [{ name: firstName }, { length: wanted }] = first;
  for (const [{ name, nameRange }, { length }] of lists) {
    if (length === wanted) continue;
    report(
      'zip-lengths',
      nameRange,
      `"${name}" has ${length === 1 ? '1 value' : `${length} values`}, but "${firstName}" has ${wanted}; "method: zip" needs as many of each`,
    );
  }
}

/** As far as the indexes of the sequences go. */
const mostSamples = 2 ** 32;

function readDrawn(
  method: 'random' | 'latin_hypercube' | 'sobol' | 'halton' | 'saltelli',
  { map, parameters }: Own,
  reading: Reading,
): Sampling | undefined {
  const key = method === 'saltelli' ? 'design' : 'method';
  const samples = (map.entries.get('samples') ?? map.entries.get('run_cap'))?.node.value;
  if (samples === undefined) {
    const range = rangeAt(map, key, reading);
    reading.report('missing-key', range, `"${key}: ${method}" needs "samples", how many points are drawn`);
    return undefined;
  }
  const sound = parameters.filter(isSoundParameter);
  const isCount = typeof samples === 'number' && Number.isSafeInteger(samples) && samples > 0;
  if (!isCount || sound.length < parameters.length) return undefined;
  const dimensions = sound.filter(({ domain }) => domain.kind !== 'constant').length;
  const criterion = map.entries.get('criterion')?.node.value === 'maximin' ? 'maximin' : undefined;
  const problem = drawnProblem(method, samples, dimensions, criterion);
  if (problem !== undefined) {
    reading.report('too-many-runs', rangeAt(map, key, reading), problem);
    return undefined;
  }
  const drawn = sound.map(plain);
  if (method === 'latin_hypercube') return { method, parameters: drawn, samples, criterion };
  return { method, parameters: drawn, samples };
}

function drawnProblem(
  method: string,
  samples: number,
  dimensions: number,
  criterion: 'maximin' | undefined,
): string | undefined {
  const total = method === 'saltelli' ? saltelliSize(samples, dimensions) : samples;
  if (method !== 'random' && total > mostSamples)
    return `"${method}" has at most ${roughly(mostSamples)} points, not ${roughly(total)}`;
  const most = {
    sobol: largestSobolDimensions,
    halton: largestHaltonDimensions,
    saltelli: largestSaltelliDimensions,
  }[method];
  if (most !== undefined && dimensions > most) {
    return `"${method}" is for at most ${roughly(most)} parameters that vary, not ${roughly(dimensions)}; use "method: random"`;
  }
  if (method === 'saltelli' && dimensions === 0) return '"design: saltelli" needs a parameter that varies';
  return criterion === undefined || dimensions === 0 ? undefined : maximinProblem({ samples, dimensions });
}
