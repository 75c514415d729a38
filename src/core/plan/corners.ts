import { paramAt } from '../params.ts';
import type { ParamValue } from '../run.ts';
import type { Plan } from './plan.ts';

/** No more runs than this are corners. */
export const mostCorners = 16;

/** How many runs are looked at before the caller may do something else. */
const portion = 10_000;

/** The values at the two ends of a parameter, as JSON. */
type Ends = readonly [first: string, last: string];

/**
 * The runs at the corners of a plan: every parameter that varies has its smallest or its largest value there; of values
 * that are not all numbers, the first or the last one that the plan comes to. At most {@link mostCorners}, spread over the
 * plan. Where no run is a corner, as when values are drawn, for each parameter the first run with each of its ends.
 *
 * Yields now and then while it looks through the plan, so that a caller can let others work; returns the runs' ids in
 * their order.
 */
export function* cornersOf(plan: Plan): Generator<void, number[]> {
  const ends = yield* endsOf(plan);
  const corners: number[] = [];
  const firstAtEnd = new Map<string, number>();
  for (let run = 0; run < plan.size; run++) {
    if (run % portion === portion - 1) yield;
    const params = plan.at(run);
    let isCorner = true;
    for (const [name, pair] of ends) {
      const value = JSON.stringify(paramAt(params, name) ?? null);
      const isEnd = pair.includes(value);
      isCorner &&= isEnd;
      const key = `${name} ${value}`;
      if (isEnd && !firstAtEnd.has(key)) firstAtEnd.set(key, run);
    }
    if (isCorner) corners.push(run);
  }
  const found = corners.length > 0 ? corners : [...new Set(firstAtEnd.values())].sort((a, b) => a - b);
  return spread(found);
}

/** The ends of each parameter that varies. */
function* endsOf(plan: Plan): Generator<void, Map<string, Ends>> {
  const seen = new Map(plan.names.map((name) => [name, rangeOf()]));
  for (let run = 0; run < plan.size; run++) {
    if (run % portion === portion - 1) yield;
    const params = plan.at(run);
    for (const [name, range] of seen) range.add(paramAt(params, name) ?? null);
  }
  const pairs = [...seen].map(([name, range]) => [name, range.ends()] as const);
  return new Map(pairs.filter(([, [first, last]]) => first !== last));
}

function rangeOf(): { add(value: ParamValue): void; ends(): Ends } {
  const values = new Set<string>();
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [first, last] = ['', ''];
  let isNumeric = true;
  return {
    add(value) {
      if (typeof value === 'number') {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        // Drawn numbers all differ: as long as there are only numbers, none need be kept.
        if (isNumeric) return;
      }
      isNumeric &&= typeof value === 'number';
      const json = JSON.stringify(value);
      if (values.has(json)) return;
      values.add(json);
      if (values.size === 1) first = json;
      last = json;
    },
    ends: () => (isNumeric ? [JSON.stringify(least), JSON.stringify(greatest)] : [first, last]),
  };
}

/** At most {@link mostCorners} of them, the first and the last included. */
function spread(runs: readonly number[]): number[] {
  if (runs.length <= mostCorners) return [...runs];
  const step = (runs.length - 1) / (mostCorners - 1);
  return Array.from({ length: mostCorners }, (_, index) => runs[Math.round(index * step)] as number);
}
