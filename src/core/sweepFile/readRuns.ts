import { valueKey } from '../params.ts';
import type { RunList } from '../plan/parameterSpace.ts';
import { runList } from '../plan/points/listed.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import type { Reading } from './reading.ts';
import { type Located, type MapNode, pointAt, pointAtStart } from './source.ts';
import type { Table } from './tableFile.ts';

/** The runs of a list; undefined where they are in doubt, or in a file that has not been read yet. */
export function readRuns(located: Located, reading: Reading): RunList | undefined {
  const { node } = located;
  if (node.kind === 'map') return readRunsFile(node, reading);
  if (node.kind !== 'list') return undefined;
  if (node.items.length === 0) {
    reading.report(
      'empty-plan',
      pointAtStart(reading.text, located),
      'an empty list of runs; write at least one',
    );
    return undefined;
  }
  const first = new Map<string, number>();
  const runs: ParamMap[] = [];
  for (const [index, item] of node.items.entries()) {
    if (item.kind !== 'map') return undefined;
    const run = item.value as ParamMap;
    runs.push(run);
    const key = valueKey(run);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else if (reading.areValuesSure) {
      reading.report(
        'repeated-value',
        pointAtStart(reading.text, { key: undefined, node: item }),
        `runs[${index}] is the same as runs[${earlier}], and runs once; to repeat runs, write "replicates"`,
        { severity: 'warning' },
      );
    }
  }
  return runList(runs);
}

function readRunsFile(node: MapNode, reading: Reading): RunList | undefined {
  const file = node.entries.get('file');
  if (file === undefined || typeof file.node.value !== 'string' || file.node.value === '') return undefined;
  const range = pointAt(reading.text, { key: file.keyRange, node: file.node });
  const path = file.node.value;
  reading.wanted.push({ path, range });
  const read = reading.files.get(path);
  if (read === undefined) return undefined;
  if (read.kind === 'problem') {
    reading.report(read.code, range, read.problem);
    return undefined;
  }
  if (read.table.length > 0) return runsOfTable(read.table);
  reading.report('empty-plan', range, 'the file holds no run; write at least one');
  return undefined;
}

function runsOfTable(table: Table): RunList {
  return {
    length: table.length,
    names: table.names,
    at(row) {
      const run: Record<string, ParamValue> = {};
      for (const name of table.names) {
        const value = table.value(row, name);
        if (value !== undefined) run[name] = value;
      }
      return run;
    },
  };
}
