/** At most so many rows, evenly from all of them; those that `isWanted` first. */
export function sampleOf(rows: Uint32Array, most: number, isWanted: (row: number) => boolean): Uint32Array {
  if (rows.length <= most) return rows;
  const wanted = evenly(rows.filter(isWanted), most);
  if (wanted.length === most) return wanted;
  const others = evenly(
    rows.filter((row) => !isWanted(row)),
    most - wanted.length,
  );
  return Uint32Array.of(...wanted, ...others).sort();
}

function evenly(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from(
    { length: most },
    (_, place) => rows[Math.floor((place * rows.length) / most)] ?? 0,
  );
}
