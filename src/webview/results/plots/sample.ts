/**
 * At most so many rows, from all of them alike; those that `isWanted` first. The same rows give the same sample. One row is
 * taken of each of so many equal parts, at a place that follows no rule: runs stand in an order that repeats itself, of
 * which every tenth one, say, has but a few of the values.
 */
export function sampleOf(rows: Uint32Array, most: number, isWanted: (row: number) => boolean): Uint32Array {
  if (rows.length <= most) return rows;
  const wanted = someOf(rows.filter(isWanted), most);
  if (wanted.length === most) return wanted;
  const others = someOf(
    rows.filter((row) => !isWanted(row)),
    most - wanted.length,
  );
  const sample = new Uint32Array(most);
  sample.set(wanted);
  sample.set(others, wanted.length);
  return sample.sort();
}

function someOf(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  const sample = new Uint32Array(most);
  for (let part = 0; part < most; part++) {
    sample[part] = rows[Math.floor(((part + scattered(part)) * rows.length) / most)] as number;
  }
  return sample;
}

/** A number from 0 to 1, below 1, for each whole one, without an order: the mixer of splitmix32. */
function scattered(number: number): number {
  let mixed = (number * 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
