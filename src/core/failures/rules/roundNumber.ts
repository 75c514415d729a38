/** The number with the fewest digits in `low` ≤ x < `high`; `low` itself where it is as short. */
export function roundNumberFrom(low: number, high: number): number {
  if (low <= 0 && high > 0) return 0;
  const sign = low < 0 ? -1 : 1;
  for (let digits = 1; digits <= 17; digits++) {
    const near = Number(Math.abs(low).toPrecision(digits));
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(low))) - digits + 1);
    for (const candidate of [near, Number((near + sign * unit).toPrecision(digits))]) {
      const value = sign * candidate;
      if (value >= low && value < high) return value;
    }
  }
  return low;
}
