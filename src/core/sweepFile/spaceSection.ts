import type { ParameterSpace } from '../plan/parameterSpace.ts';
import { gridSize } from '../plan/planSweep.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import { didYouMean } from './didYouMean.ts';
import type { KnownNames } from './references.ts';
import type { CheckedSweepFile } from './schema.ts';
import { type Located, locate, type MapNode, pointAtStart, type Report, type SourceNode } from './source.ts';

/** Reports what is wrong with the parameter space beyond the shape of each key. `knownKeys` are those of a sweep file. */
export function checkSpace(text: string, root: MapNode, knownKeys: readonly string[], report: Report): void {
  checkChoice(root, knownKeys, report);
  const parameters = locate(root, ['parameters']);
  const method = locate(root, ['method'])?.node.value;
  if (parameters !== undefined) checkParameters(text, parameters, String(method ?? 'grid'), report);
  const runs = locate(root, ['runs']);
  if (runs !== undefined) checkRuns(text, runs, report);
}

/** Reports keys that exclude each other, and a file that says of no run at all. */
function checkChoice(root: MapNode, knownKeys: readonly string[], report: Report): void {
  const runs = root.entries.get('runs');
  for (const key of ['parameters', 'method']) {
    const entry = root.entries.get(key);
    if (runs === undefined || entry === undefined) continue;
    report('conflicting-keys', entry.keyRange, `"${key}" and "runs" exclude each other; remove one of them`);
  }
  if (runs !== undefined || root.entries.has('parameters')) return;
  for (const key of root.entries.keys()) {
    const meant = knownKeys.includes(key) ? undefined : didYouMean(key, ['parameters', 'runs']);
    if (meant !== undefined) return;
  }
  const first = root.entries.values().next().value;
  report(
    'missing-key',
    first?.keyRange ?? root.range,
    'nothing to vary: write "parameters" with a list of values for each, or "runs" with the runs themselves',
  );
}

/** The parameters' values, where they are valid. */
function columnsOf(parameters: CheckedSweepFile['parameters'] & {}): Map<string, readonly ParamValue[]> {
  return new Map(
    Object.entries(parameters).map(([name, values]) => [
      name,
      Array.isArray(values) ? values : (values as { values: readonly ParamValue[] }).values,
    ]),
  );
}

/** Reports lists that yield no run, or do not fit together. Looks at each list by itself, valid or not. */
function checkParameters(text: string, located: Located, method: string, report: Report): void {
  if (located.node.kind !== 'map') return;
  const columns = new Map<string, readonly SourceNode[]>();
  for (const [name, { keyRange, node }] of located.node.entries) {
    const values = node.kind === 'map' ? node.entries.get('values')?.node : node;
    if (values?.kind !== 'list') continue;
    if (values.items.length === 0) {
      report('empty-plan', keyRange, `"${name}" has no values, so that there is no run; write at least one`);
    } else {
      columns.set(name, values.items);
    }
  }
  if (located.node.entries.size === 0) {
    report(
      'empty-plan',
      pointAtStart(text, located),
      'no parameters, so that there is nothing to vary; write at least one',
    );
  }
  if (method === 'zip') checkLengths(located.node, columns, report);
  else if (!Number.isSafeInteger(gridSize(columns))) {
    report(
      'too-many-runs',
      located.key ?? located.node.range,
      `a grid of about ${gridSize(columns).toExponential(0)} runs, more than can be counted; use fewer values, or "method: zip"`,
    );
  }
}

function checkLengths(
  map: MapNode,
  columns: ReadonlyMap<string, readonly SourceNode[]>,
  report: Report,
): void {
  const [first] = columns;
  if (first === undefined) return;
  const [firstName, { length: wanted }] = first;
  for (const [name, { length }] of columns) {
    if (length === wanted) continue;
    report(
      'zip-lengths',
      map.entries.get(name)?.keyRange ?? map.range,
      `"${name}" has ${count(length)}, but "${firstName}" has ${wanted}; "method: zip" needs as many of each`,
    );
  }
}

function count(length: number): string {
  return length === 1 ? '1 value' : `${length} values`;
}

/** Reports an empty list of runs. */
function checkRuns(text: string, located: Located, report: Report): void {
  if (located.node.kind === 'list' && located.node.items.length === 0) {
    report('empty-plan', pointAtStart(text, located), 'an empty list of runs; write at least one');
  }
}

/** The names that `${…}` can take; undefined when the file leaves that in doubt. */
export function knownNames(root: MapNode): KnownNames | undefined {
  const parameters = root.entries.get('parameters')?.node;
  const runs = root.entries.get('runs')?.node;
  if (parameters === undefined && runs === undefined) return undefined;
  const everywhere = new Set<string>();
  const somewhere = new Map<string, number>();
  if (parameters !== undefined) {
    if (parameters.kind !== 'map') return undefined;
    for (const name of parameters.entries.keys()) everywhere.add(name);
  }
  if (runs === undefined) return { everywhere, somewhere };
  if (runs.kind !== 'list') return undefined;
  const maps: MapNode[] = [];
  for (const item of runs.items) {
    if (item.kind !== 'map') return undefined;
    maps.push(item);
  }
  const counts = new Map<string, number>();
  for (const { entries } of maps)
    for (const name of entries.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, occurrences] of counts) {
    if (occurrences === maps.length) everywhere.add(name);
    else if (!everywhere.has(name)) {
      somewhere.set(
        name,
        maps.findIndex(({ entries }) => !entries.has(name)),
      );
    }
  }
  return { everywhere, somewhere };
}

/** The space that a valid file describes. */
export function spaceOf(file: CheckedSweepFile): ParameterSpace {
  if (file.runs !== undefined) return { method: 'list', runs: file.runs as readonly ParamMap[] };
  return { method: file.method ?? 'grid', parameters: columnsOf(file.parameters ?? {}) };
}
