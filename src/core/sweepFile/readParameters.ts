import type { TextRange } from '../diagnostic.ts';
import type { Domain } from '../plan/parameterSpace.ts';
import { listOf } from '../plan/points/listed.ts';
import { roughly } from '../plan/points/scan.ts';
import type { ParamValue } from '../run.ts';
import { parameterNamePattern } from '../template.ts';
import { type CheckedParameter, parameter } from './parameterSchema.ts';
import { readDomain, valuesOf } from './readDomain.ts';
import type { Reading } from './reading.ts';
import type { MapNode, SourceNode } from './source.ts';

/** A parameter of a block, understood as far as it can be. */
export interface ReadParameter {
  readonly name: string;
  readonly path: readonly string[];
  readonly nameRange: TextRange;
  /** Undefined where that is in doubt. */
  readonly domain: Domain | undefined;
  readonly nominal: ParamValue | undefined;
  /** The expressions under `when`: its own, and those of what it is nested in. */
  readonly conditions: readonly SourceNode[];
}

/** A plan with more parameters helps nobody, and each costs time for each run. */
const mostParameters = 10_000;

/** Reads the parameters of a block, nested ones too, in the order of the text. */
export function readParameters(map: MapNode, block: string, reading: Reading): ReadParameter[] {
  const found: ReadParameter[] = [];
  const visit = (node: MapNode, outer: readonly string[], conditions: readonly SourceNode[]): void => {
    for (const [key, { keyRange, node: value }] of node.entries) {
      if (found.length === mostParameters) {
        reading.report(
          'too-large',
          keyRange,
          `more than ${roughly(mostParameters)} parameters; put them into fewer lists`,
        );
        return;
      }
      const path = [...outer, key];
      const members = value.kind === 'map' ? value.entries.get('parameters')?.node : undefined;
      const when = value.kind === 'map' ? value.entries.get('when')?.node : undefined;
      const own = when === undefined ? conditions : [...conditions, when];
      if (members !== undefined) {
        checkGroup(value as MapNode, reading);
        if (members.kind === 'map') visit(members, path, own);
        continue;
      }
      const read = readParameter(key, keyRange, value, reading);
      found.push({ name: path.join('.'), path, nameRange: keyRange, conditions: own, ...read });
      reading.definitions.push({
        name: path.join('.'),
        path,
        nameRange: keyRange,
        range: { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) },
        ...summaryOf(read.domain),
        domain: read.domain,
        block,
      });
    }
  };
  visit(map, [], []);
  return found;
}

function checkGroup(node: MapNode, { report }: Reading): void {
  const members = node.entries.get('parameters')?.node;
  if (members?.kind === 'map' && members.entries.size === 0) {
    report(
      'empty-plan',
      node.entries.get('parameters')?.keyRange ?? node.range,
      'no parameters; write at least one',
    );
  }
  for (const [key, { keyRange }] of node.entries) {
    if (key === 'parameters' || key === 'when') continue;
    report('conflicting-keys', keyRange, `"${key}" and "parameters" do not go together; remove one of them`);
  }
}

function readParameter(
  name: string,
  nameRange: TextRange,
  node: SourceNode,
  reading: Reading,
): Pick<ReadParameter, 'domain' | 'nominal'> {
  const nothing = { domain: undefined, nominal: undefined };
  if (!parameterNamePattern.test(name)) return nothing;
  if (node.kind === 'list')
    return { domain: listDomain(node.value as ParamValue[], nameRange, name, reading), nominal: undefined };
  if (node.kind !== 'map') return nothing;
  const checked = parameter.safeParse(node.value);
  // The schema has told what is wrong with it.
  if (!checked.success) return nothing;
  const fields = checked.data as CheckedParameter;
  const domain = readDomain({ name, nameRange, node, fields }, reading);
  const isEmpty = domain?.kind === 'values' && domain.values.length === 0;
  return {
    domain: isEmpty ? listDomain([], nameRange, name, reading) : domain,
    nominal: fields.nominal,
  };
}

function listDomain(
  values: readonly ParamValue[],
  range: TextRange,
  name: string,
  { report }: Reading,
): Domain | undefined {
  if (values.length > 0) return valuesOf(values);
  report('empty-plan', range, `"${name}" has no values, so that there is no run; write at least one`);
  return undefined;
}

/** A parameter in a few words, and how many values it has. */
export function summaryOf(domain: Domain | undefined): {
  readonly count: number | undefined;
  readonly summary: string;
} {
  if (domain === undefined) return { count: undefined, summary: '' };
  if (domain.kind === 'constant') return { count: 1, summary: 'the same in every run' };
  const list = domain.kind === 'values' ? listOf(domain) : undefined;
  if (list !== undefined)
    return { count: list.length, summary: list.length === 1 ? '1 value' : `${roughly(list.length)} values` };
  if (domain.kind !== 'distribution') return { count: undefined, summary: '' };
  const { kind, ...fields } = domain.distribution;
  const numbers = Object.entries(fields).flatMap(([field, value]) =>
    typeof value === 'number' ? [`${field} ${value}`] : [],
  );
  return { count: undefined, summary: [kind, ...numbers].join(', ') };
}
