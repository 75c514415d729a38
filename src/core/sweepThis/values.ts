/** Values around a number, in order: half of it, itself and its double; whole ones around a whole one. */
export function valuesAround(value: number): number[] {
  if (value === 0) return [0, 1, 2];
  const half = Number.isInteger(value) ? Math.round(value / 2) : decimal(value / 2);
  return [...new Set([half, value, decimal(value * 2)])].sort((a, b) => a - b);
}

/** Without the digits that only binary fractions have. */
function decimal(value: number): number {
  return Number(value.toPrecision(12));
}

/** A name that a parameter can have, from the last word of `words` that has any letter: "--learning-rate" is learning_rate. */
export function parameterNameFrom(words: readonly (string | number)[]): string {
  for (const word of [...words].reverse()) {
    if (typeof word === 'number') continue;
    const name = word
      .replace(/^-+/, '')
      .replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
      .replace(/^[\p{N}_]+/u, '')
      .replace(/_+$/, '');
    if (name !== '') return name;
  }
  return 'value';
}
