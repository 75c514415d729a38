import { sameValue, valueKey } from '../../params.ts';
import type { ParamMap, ParamValue } from '../../run.ts';
import type { Block, Rule } from '../parameterSpace.ts';
import { withSteps } from './computed.ts';
import { rowOf } from './distinct.ts';
import { concatenation, type PointColumn, type Points, type Row } from './points.ts';
import { pointsATurn, type Scan } from './scan.ts';

type Values = Extract<Rule, { kind: 'values' }>['values'];

interface Addition {
  /** Where a point has to have which value. */
  readonly wanted: readonly (readonly [position: number, value: ParamValue])[];
  /** What it gets then. */
  readonly added: readonly (readonly [position: number, value: ParamValue])[];
}

/**
 * Adds to points as GitHub's matrices do: what an entry says beyond the parameters goes to each point that has the entry's
 * values of the parameters; an entry whose values no point has is a point of its own, without the parameters that it does
 * not give.
 *
 * Source: GitHub Docs, "Running variations of jobs in a workflow", "Expanding or adding matrix configurations".
 */
export function* withInclusions(
  points: Points,
  entries: readonly Values[],
  steps: Block['steps'],
  scan: Scan,
): Generator<void, Points> {
  if (entries.length === 0) return points;
  scan.admit(points.size, '"include"');
  const known = new Map(points.columns.map(({ name }, position) => [name, position]));
  const names = new Set(entries.flatMap((values) => [...values.keys()]));
  const newNames = [...names].filter((name) => !known.has(name));
  const columns = [...points.columns, ...newNames.map((name) => plainColumn(name))];
  const positions = new Map(columns.map(({ name }, position) => [name, position]));
  const additions = entries.map((values): Addition => {
    const pairs = [...values].map(([name, value]) => [positions.get(name) as number, value] as const);
    return {
      wanted: pairs.filter(([position]) => position < points.columns.length),
      added: pairs.filter(([position]) => position >= points.columns.length),
    };
  });
  const open = new Set(additions);
  const row: Row = [];
  for (let index = 0; index < points.size && open.size > 0; index++) {
    if ((index + 1) % pointsATurn === 0) yield;
    rowOf(points, index, row);
    for (const addition of open) if (fits(addition, row, 0)) open.delete(addition);
  }
  const extended = newNames.length === 0 ? points : withAdditions(points, columns, additions);
  const lonely = entries.filter((_, index) => open.has(additions[index] as Addition));
  if (lonely.length === 0) return extended;
  return concatenation([extended, withSteps(rowsOf(lonely, columns), steps)]);
}

function plainColumn(name: string): PointColumn {
  return { name, path: [name], isOptional: true, values: undefined };
}

function fits({ wanted }: Addition, row: Row, at: number): boolean {
  return wanted.every(([position, value]) => sameValue(row[at + position], value));
}

function withAdditions(
  points: Points,
  columns: readonly PointColumn[],
  additions: readonly Addition[],
): Points {
  return {
    size: points.size,
    columns,
    fill(index, row, at) {
      points.fill(index, row, at);
      for (let column = points.columns.length; column < columns.length; column++)
        row[at + column] = undefined;
      for (const addition of additions) {
        if (!fits(addition, row, at)) continue;
        for (const [position, value] of addition.added) row[at + position] = value;
      }
    },
  };
}

function rowsOf(entries: readonly Values[], columns: readonly PointColumn[]): Points {
  const distinct = new Map(
    entries.map((values) => [valueKey(Object.fromEntries(values) as ParamMap), values]),
  );
  const rows = [...distinct.values()];
  const taken = columns.filter(({ name }) => rows.some((values) => values.has(name)));
  return {
    size: rows.length,
    columns: taken.map((column) => ({ ...column, isOptional: true, values: undefined })),
    fill(index, row, at) {
      taken.forEach(({ name }, column) => {
        row[at + column] = rows[index]?.get(name);
      });
    },
  };
}
