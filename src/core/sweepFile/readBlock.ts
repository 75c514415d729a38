import type { TextRange } from '../diagnostic.ts';
import type { Block } from '../plan/parameterSpace.ts';
import {
  addDerived,
  addInclusions,
  addReplicates,
  combined,
  type KnownName,
  namesOfParameters,
  namesOfRuns,
  namesOfUnion,
} from './blockNames.ts';
import { didYouMean } from './didYouMean.ts';
import type { Reading } from './reading.ts';
import { type ReadParameter, readParameters } from './readParameters.ts';
import { readRules } from './readRules.ts';
import { readRuns } from './readRuns.ts';
import { readSampling } from './readSampling.ts';
import { readSteps, type WrittenStep } from './readSteps.ts';
import { formatPath, type Located, type MapNode, pointAtStart, type SourcePath } from './source.ts';
import { blockKeys } from './spaceSchema.ts';

/** A block, understood as far as it can be. */
export interface ReadBlock {
  /** Undefined where there is a problem, or a file that has not been read yet. */
  readonly block: Block | undefined;
  readonly names: ReadonlyMap<string, KnownName>;
  /** Whether {@link ReadBlock.names} are all that there are. */
  readonly isWhole: boolean;
}

/** Reads a block and those within it. `path` is where it stands: `[]` for the file itself. */
export function readBlock(map: MapNode, path: SourcePath, reading: Reading): ReadBlock {
  const place = formatPath(path);
  const { report } = reading;
  checkChoice(map, place, reading);
  const entry = (key: string): Located | undefined => {
    const found = map.entries.get(key);
    return found && { key: found.keyRange, node: found.node };
  };
  const own = entry('parameters');
  const parameters = own?.node.kind === 'map' ? readParameters(own.node, place, reading) : [];
  if (own?.node.kind === 'map' && own.node.entries.size === 0) {
    report(
      'empty-plan',
      pointAtStart(reading.text, own),
      'no parameters, so that there is nothing to vary; write at least one',
    );
  }
  const runsAt = entry('runs');
  const runs = runsAt === undefined ? undefined : readRuns(runsAt, reading);
  const union = readBlocks(entry('sweep'), [...path, 'sweep'], reading);
  const cross = readBlocks(entry('cross'), [...path, 'cross'], reading);
  const factors: ReadonlyMap<string, KnownName>[] = [
    namesOfParameters(parameters),
    ...(runs === undefined || own !== undefined ? [] : [namesOfRuns(runs)]),
    ...(union === undefined ? [] : [namesOfUnion(union)]),
    ...(cross ?? []).map(({ names }) => names),
  ];
  const names = combined(factors, reading);
  const written = [...conditionsOf(parameters), ...derivedOf(entry('derived'), names, place, reading)];
  const known = new Map([...names].map(([name, { variable }]) => [name, variable()]));
  const { steps, variables } = readSteps(written, known, reading);
  addDerived(steps, written, names);
  const exclude = readRules(entry('exclude'), variables, { canAdd: false }, reading);
  const include = readRules(entry('include'), variables, { canAdd: true }, reading);
  addInclusions(include ?? [], parameters, names);
  const replicates = numberAt(map, 'replicates');
  if (replicates !== undefined) addReplicates(map, names, reading);
  const sampling = readSampling({ map, parameters, runs }, reading);
  const isDrawn = sampling !== undefined && 'samples' in sampling;
  const isSound =
    exclude !== undefined &&
    include !== undefined &&
    steps.length === written.length &&
    (sampling !== undefined || (own === undefined && runsAt === undefined)) &&
    [...(union ?? []), ...(cross ?? [])].every(({ block }) => block !== undefined) &&
    parameters.every(({ domain }) => domain !== undefined);
  const block: Block | undefined = isSound
    ? {
        place,
        sampling,
        union: union?.map((read) => read.block as Block),
        cross: (cross ?? []).map((read) => read.block as Block),
        steps,
        exclude,
        include,
        replicates,
        limit: isDrawn ? undefined : (numberAt(map, 'samples') ?? numberAt(map, 'run_cap')),
        range: rangeOfBlock(map),
      }
    : undefined;
  const isKnown =
    (own === undefined || own.node.kind === 'map') &&
    (runsAt === undefined || runs !== undefined) &&
    [...(union ?? []), ...(cross ?? [])].every(({ isWhole }) => isWhole);
  return { block, names, isWhole: isKnown };
}

/** Blocks of `sweep` or `cross`; undefined where there are none. */
function readBlocks(
  located: Located | undefined,
  path: SourcePath,
  reading: Reading,
): ReadBlock[] | undefined {
  if (located?.node.kind !== 'list') return undefined;
  if (located.node.items.length === 0) {
    reading.report(
      'empty-plan',
      pointAtStart(reading.text, located),
      'an empty list of blocks; write at least one',
    );
  }
  return located.node.items.map((item, index) =>
    item.kind === 'map'
      ? readBlock(item, [...path, index], reading)
      : { block: undefined, names: new Map(), isWhole: false },
  );
}

/** Where problems of a block as a whole are shown. */
export function rangeOfBlock(map: MapNode): TextRange {
  for (const key of ['parameters', 'runs', 'sweep', 'cross', ...blockKeys]) {
    const entry = map.entries.get(key);
    if (entry !== undefined) return entry.keyRange;
  }
  return map.entries.values().next().value?.keyRange ?? { start: map.range.start, end: map.range.start };
}

function numberAt(map: MapNode, key: string): number | undefined {
  const value = map.entries.get(key)?.node.value;
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

/** Reports keys that exclude each other, and a block that says of no run at all. */
function checkChoice(map: MapNode, place: string, { report }: Reading): void {
  const { entries } = map;
  const clash = (key: string, other: string, why = 'exclude each other; remove one of them'): void => {
    const entry = entries.get(key);
    if (entry !== undefined && entries.has(other))
      report('conflicting-keys', entry.keyRange, `"${key}" and "${other}" ${why}`);
  };
  clash('parameters', 'runs');
  if (entries.get('method')?.node.value !== 'list') clash('method', 'runs');
  clash('design', 'method');
  clash('design', 'runs');
  clash('run_cap', 'samples', 'mean the same; remove one of them');
  const sources = ['parameters', 'runs', 'sweep', 'cross'];
  if (sources.some((key) => entries.has(key))) return;
  for (const key of entries.keys()) {
    if (!blockKeys.includes(key) && didYouMean(key, sources) !== undefined && place === '') return;
  }
  const first = entries.values().next().value;
  report(
    'missing-key',
    first?.keyRange ?? map.range,
    'nothing to vary: write "parameters" with a list of values for each, or "runs" with the runs themselves',
  );
}

function conditionsOf(parameters: readonly ReadParameter[]): WrittenStep[] {
  return parameters.flatMap(({ name, path, nameRange, conditions }) =>
    conditions.map((node) => ({ kind: 'condition' as const, name, path, node, nameRange })),
  );
}

/** Each is computed for each run. */
const mostDerived = 1000;

function derivedOf(
  located: Located | undefined,
  names: ReadonlyMap<string, KnownName>,
  place: string,
  { text, report, definitions }: Reading,
): WrittenStep[] {
  if (located?.node.kind !== 'map') return [];
  const steps: WrittenStep[] = [];
  for (const [name, { keyRange, node }] of located.node.entries) {
    if (steps.length === mostDerived) {
      report(
        'too-large',
        keyRange,
        `more than ${mostDerived} derived parameters; compute them in the program`,
      );
      break;
    }
    if (names.has(name)) {
      report(
        'name-conflict',
        keyRange,
        `"${name}" is a parameter already; give what is derived another name`,
      );
      continue;
    }
    steps.push({ kind: 'derived', name, path: [name], node, nameRange: keyRange });
    definitions.push({
      name,
      path: [name],
      nameRange: keyRange,
      range: { start: keyRange.start, end: Math.max(keyRange.end, node.range.end) },
      count: undefined,
      summary: `= ${text.slice(node.range.start, node.range.end).slice(0, 80)}`,
      domain: undefined,
      block: place,
    });
  }
  return steps;
}
