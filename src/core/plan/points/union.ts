import { sameValue } from '../../params.ts';
import { distinctRows, rowOf } from './distinct.ts';
import { concatenation, type PointColumn, type Points, type Row, selection } from './points.ts';
import { pointsATurn, type Scan } from './scan.ts';

/**
 * The points of all sets, one set after the other. A point that an earlier set has is left out; two draws of one set that
 * agree are two points. Where what is known of the sets says that they share no point, nothing is looked at; else each point
 * is, with pauses.
 */
export function* union(sets: readonly Points[], scan: Scan): Generator<void, Points> {
  const all = concatenation(sets);
  const mayShare = sets.some((set, index) => sets.slice(0, index).some((earlier) => mayMeet(earlier, set)));
  if (!mayShare) return all;
  scan.admit(all.size, 'blocks that may have runs in common');
  const kept: number[] = [];
  const added: number[] = [];
  const hidden = all.columns.flatMap(({ path }, position) => (path.length === 0 ? [position] : []));
  const visibleRow = (index: number, row: Row): Row => {
    rowOf(all, index, row);
    for (const position of hidden) row[position] = undefined;
    return row;
  };
  const [row, other]: [Row, Row] = [[], []];
  const known = distinctRows((position) => visibleRow(added[position] as number, other));
  let first = 0;
  for (const { size } of sets) {
    const from = kept.length;
    for (let index = first; index < first + size; index++) {
      if ((index + 1) % pointsATurn === 0) yield;
      if (first === 0 || !known.has(visibleRow(index, row))) kept.push(index);
    }
    first += size;
    if (first === all.size) break;
    for (const index of kept.slice(from)) {
      if ((index + 1) % pointsATurn === 0) yield;
      if (known.add(visibleRow(index, row))) added.push(index);
    }
  }
  return kept.length === all.size ? all : selection(all, Uint32Array.from(kept));
}

/** Whether two sets can have a point in common, as far as their columns tell. */
function mayMeet(a: Points, b: Points): boolean {
  const of = (set: Points) =>
    new Map(set.columns.filter(({ path }) => path.length > 0).map((column) => [column.name, column]));
  const [left, right] = [of(a), of(b)];
  const lacks = (one: ReadonlyMap<string, PointColumn>, other: ReadonlyMap<string, PointColumn>): boolean =>
    [...one.values()].some(({ name, isOptional }) => !isOptional && !other.has(name));
  if (lacks(left, right) || lacks(right, left)) return false;
  return ![...left.values()].some((column) => {
    const same = right.get(column.name);
    return same !== undefined && !column.isOptional && !same.isOptional && areApart(column, same);
  });
}

function areApart({ values: a }: PointColumn, { values: b }: PointColumn): boolean {
  if (a === 'continuous' || b === 'continuous') return true;
  if (a === undefined || b === undefined || a.length * b.length > 100_000) return false;
  return !a.some((value) => b.some((other) => sameValue(value, other)));
}
