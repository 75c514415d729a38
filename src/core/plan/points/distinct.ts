import { sameValue, valueKey } from '../../params.ts';
import type { ParamValue } from '../../run.ts';
import type { Points, Row } from './points.ts';

/** Remembers points by their values, in a few bytes each. */
export interface DistinctRows {
  /** Adds a row unless one with the same values is known; returns whether it was added. */
  add(row: Row): boolean;
  /** Whether a row with the same values is known. */
  has(row: Row): boolean;
}

/**
 * An open hash table of points: it stores a hash and the index of each, and asks `rowAt` for the values of an earlier point
 * when two hashes agree. `rowAt` gives the row that was added at that position, counted from 0.
 */
export function distinctRows(rowAt: (position: number) => Row): DistinctRows {
  let hashes = new Uint32Array(1024);
  let positions = new Int32Array(1024).fill(-1);
  let count = 0;

  const slotOf = (hash: number, row: Row): number => {
    const mask = positions.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const position = positions[slot] as number;
      if (position < 0) return slot;
      if (hashes[slot] === hash && sameRow(rowAt(position), row)) return slot;
    }
  };
  const grow = (): void => {
    const [oldHashes, oldPositions] = [hashes, positions];
    hashes = new Uint32Array(oldHashes.length * 2);
    positions = new Int32Array(oldPositions.length * 2).fill(-1);
    const mask = positions.length - 1;
    oldPositions.forEach((position, old) => {
      if (position < 0) return;
      const hash = oldHashes[old] as number;
      let slot = hash & mask;
      while ((positions[slot] as number) >= 0) slot = (slot + 1) & mask;
      hashes[slot] = hash;
      positions[slot] = position;
    });
  };
  return {
    has: (row) => (positions[slotOf(hashOf(row), row)] as number) >= 0,
    add(row) {
      const hash = hashOf(row);
      const slot = slotOf(hash, row);
      if ((positions[slot] as number) >= 0) return false;
      hashes[slot] = hash;
      positions[slot] = count++;
      if (count * 2 > positions.length) grow();
      return true;
    },
  };
}

function sameRow(a: Row, b: Row): boolean {
  for (let column = 0; column < b.length; column++) if (!sameValue(a[column], b[column])) return false;
  return true;
}

const floats = new Float64Array(1);
const words = new Uint32Array(floats.buffer);

/** Mixes the values of a row into 32 bits, as MurmurHash3 does. */
function hashOf(row: Row): number {
  let hash = row.length;
  for (let column = 0; column < row.length; column++) {
    const value = row[column];
    if (typeof value === 'number') {
      floats[0] = value;
      hash = mixed(mixed(hash, words[0] as number), words[1] as number);
    } else hash = mixed(hash, hashOfText(value));
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const next = hash ^ k;
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

function hashOfText(value: ParamValue | undefined): number {
  const text = valueKey(value);
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = mixed(hash, text.charCodeAt(index));
  return hash;
}

/** The row of a point, as an array of its own length. */
export function rowOf(points: Points, index: number, row: Row = []): Row {
  row.length = points.columns.length;
  points.fill(index, row, 0);
  return row;
}
