import type { TextRange } from '../diagnostic.ts';
import type { Column, Domain } from '../plan/parameterSpace.ts';
import { type Distribution, distributionFields } from '../plan/sampling/distribution.ts';
import { distributionProblem } from '../plan/sampling/distributionProblem.ts';
import { type Spacing, spaced, spacingProblem } from '../plan/sampling/values.ts';
import type { ParamValue } from '../run.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import { type CheckedParameter, categoricalAlias } from './parameterSchema.ts';
import type { Reading } from './reading.ts';
import { type MapNode, pointAt } from './source.ts';

/** A parameter's mapping: what it says, and where. */
interface Written {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly node: MapNode;
  readonly fields: CheckedParameter;
}

/** Keys that say nothing of the values. */
const otherKeys: ReadonlySet<string> = new Set(['nominal', 'when']);

/** What each way to describe values is begun by, and what may stand beside it. */
const ways = [
  {
    by: 'distribution',
    with: Object.values(distributionFields)
      .flatMap((fields) => Object.keys(fields))
      .concat('probabilities'),
  },
  { by: 'value', with: [] },
  { by: 'values', with: ['probabilities'] },
  { by: 'from', with: [] },
  { by: 'steps', with: ['min', 'max', 'scale'] },
  { by: 'step', with: ['min', 'max'] },
  { by: 'min', with: ['max'] },
  { by: 'max', with: ['min'] },
] as const;

/**
 * What a mapping says that the parameter may be; undefined where that is in doubt, which is reported unless only a file has
 * not been read yet.
 */
export function readDomain(written: Written, reading: Reading): Domain | undefined {
  const { node, fields } = written;
  const keys = [...node.entries.keys()].filter((key) => !otherKeys.has(key));
  const way = ways.find(({ by }) => keys.includes(by));
  if (way === undefined) {
    reading.report(
      'missing-key',
      written.nameRange,
      `"${written.name}" says nothing of its values; write "values" with a list, "value", "min" and "max", or "from"`,
    );
    return undefined;
  }
  const stray = keys.find((key) => key !== way.by && !(way.with as readonly string[]).includes(key));
  if (stray !== undefined) {
    const range = node.entries.get(stray)?.keyRange ?? node.range;
    reading.report(
      'conflicting-keys',
      range,
      `"${stray}" and "${way.by}" do not go together; remove one of them`,
    );
    return undefined;
  }
  switch (way.by) {
    case 'value':
      return { kind: 'constant', value: fields.value as ParamValue };
    case 'values':
      if (fields.probabilities === undefined) return valuesOf(fields.values ?? []);
      return distributionOf(written, 'categorical', reading);
    case 'from':
      return columnOf(written, reading);
    case 'steps':
    case 'step':
      return spacingOf(written, reading);
    case 'distribution':
      return distributionOf(written, fields.distribution as string, reading);
    default:
      return distributionOf(
        written,
        isInteger(node, 'min') && isInteger(node, 'max') ? 'int_uniform' : 'uniform',
        reading,
      );
  }
}

/** A list of values. */
export function valuesOf(values: Column): Domain {
  return { kind: 'values', values };
}

/** As W&B has it, `0` is an integer and `0.0` is none. */
function isInteger(node: MapNode, key: string): boolean {
  const bound = node.entries.get(key)?.node;
  return bound?.kind !== 'scalar' || /^[-+]?(\d+|0o[0-7]+|0x[\da-fA-F]+)$/.test(bound.written);
}

function spacingOf(written: Written, reading: Reading): Domain | undefined {
  const { min, max, steps, step, scale } = written.fields;
  if (!hasFields(written, ['min', 'max'], reading)) return undefined;
  const bounds = { min: min as number, max: max as number };
  if (typeof scale === 'number') {
    reportAt(written, 'scale', 'expected linear or log; a number is for "distribution: weibull"', reading);
    return undefined;
  }
  const spacing: Spacing =
    step !== undefined
      ? { kind: 'arange', ...bounds, step }
      : { kind: scale === 'log' ? 'logspace' : 'linspace', ...bounds, steps: steps ?? 0 };
  const problem = spacingProblem(spacing);
  if (problem === undefined) return valuesOf(spaced(spacing));
  reportAt(written, problem.field, problem.message, reading);
  return undefined;
}

function hasFields(written: Written, fields: readonly string[], reading: Reading): boolean {
  const missing = fields.filter((field) => !written.node.entries.has(field));
  if (missing.length === 0) return true;
  const names = missing.map((field) => `"${field}"`).join(' and ');
  reading.report(
    'missing-key',
    written.nameRange,
    `"${written.name}": ${names} ${missing.length === 1 ? 'is' : 'are'} missing`,
  );
  return false;
}

function distributionOf(written: Written, name: string, reading: Reading): Domain | undefined {
  const kind = (name === categoricalAlias ? 'categorical' : name) as keyof typeof distributionFields;
  const defaults: Readonly<Record<string, number | undefined>> = distributionFields[kind];
  const allowed = new Set([
    ...Object.keys(defaults),
    'distribution',
    ...(kind === 'categorical' ? ['probabilities'] : []),
  ]);
  for (const [key, { keyRange }] of written.node.entries) {
    if (allowed.has(key) || otherKeys.has(key)) continue;
    const takes = [...allowed].filter((field) => field !== 'distribution');
    reading.report(
      'conflicting-keys',
      keyRange,
      `"${key}" means nothing for the distribution ${kind}, which takes ${takes.join(', ')}`,
    );
    return undefined;
  }
  const required = Object.keys(defaults).filter((field) => defaults[field] === undefined);
  if (!hasFields(written, required, reading)) return undefined;
  if (typeof written.fields.scale === 'string') {
    reportAt(written, 'scale', 'expected a number', reading);
    return undefined;
  }
  const given = Object.entries(written.fields).filter(
    ([key, value]) => key in defaults && value !== undefined,
  );
  const { value, probabilities } = written.fields;
  const distribution = {
    kind,
    ...defaults,
    ...Object.fromEntries(given),
    ...(probabilities === undefined ? {} : { probabilities }),
  } as Distribution;
  if (distribution.kind === 'constant') return { kind: 'constant', value: value as ParamValue };
  const problem = distributionProblem(distribution);
  if (problem === undefined) {
    const isList = distribution.kind === 'categorical' && distribution.probabilities === undefined;
    return isList ? valuesOf(distribution.values) : { kind: 'distribution', distribution };
  }
  reportAt(written, problem.field, problem.message, reading);
  return undefined;
}

function reportAt(written: Written, field: string, message: string, { text, report }: Reading): void {
  const entry = written.node.entries.get(field);
  const range =
    entry === undefined ? written.nameRange : pointAt(text, { key: entry.keyRange, node: entry.node });
  // An empty list has a code of its own, whoever finds it.
  const isEmpty = field === 'values' && entry?.node.kind === 'list' && entry.node.items.length === 0;
  report(isEmpty ? 'empty-plan' : 'invalid-value', range, `"${written.name}": ${message}`);
}

function columnOf(written: Written, reading: Reading): Domain | undefined {
  const entry = written.node.entries.get('from');
  if (entry === undefined) return undefined;
  const range = pointAt(reading.text, { key: entry.keyRange, node: entry.node });
  const [path = '', column] = splitColumn(String(entry.node.value));
  reading.wanted.push({ path, range });
  const file = reading.files.get(path);
  if (file === undefined) return undefined;
  if (file.kind === 'problem') {
    reading.report(file.code, range, file.problem);
    return undefined;
  }
  const { table } = file;
  const name = column ?? (table.names.length === 1 ? table.names[0] : undefined);
  if (name === undefined || !table.names.includes(name)) {
    const meant = name === undefined ? undefined : didYouMean(name, table.names);
    const clause =
      meant === undefined ? `; there are ${table.names.slice(0, 10).join(', ')}` : didYouMeanClause(meant);
    const what = name === undefined ? 'which column? Write it behind a "#"' : `there is no column "${name}"`;
    reading.report('invalid-value', range, `"${written.name}": ${what}${clause}`);
    return undefined;
  }
  const values: ParamValue[] = [];
  for (let row = 0; row < table.length; row++) {
    const value = table.value(row, name);
    if (value !== undefined) values.push(value);
  }
  if (values.length === 0) {
    reading.report('empty-plan', range, `"${written.name}": the column "${name}" holds no value`);
    return undefined;
  }
  return valuesOf(values);
}

/** `masses.csv#mass` is a path and a column. */
function splitColumn(written: string): [path: string, column: string | undefined] {
  const mark = written.lastIndexOf('#');
  return mark < 0 ? [written, undefined] : [written.slice(0, mark), written.slice(mark + 1)];
}
