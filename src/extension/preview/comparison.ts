import type { ParamMap } from '../../core/run.ts';
import { pointHash } from './pointHash.ts';

/** Runs that can be asked for by their position. */
export interface RunSequence {
  readonly size: number;
  at(index: number): ParamMap;
}

/** What became of a plan since the last sweep of its file. Positions are in order. */
export interface Comparison {
  /** Runs of the plan that the last sweep did not have. */
  readonly added: Uint32Array;
  /** Runs of the plan that it had. */
  readonly kept: Uint32Array;
  /** Runs of the last sweep that the plan has no more. */
  readonly gone: Uint32Array;
}

/** The runs of the last sweep by their hashes. */
export interface KnownRuns {
  readonly size: number;
  readonly positions: ReadonlyMap<number, number>;
}

/** What is longer is not compared: it would take seconds, and hundreds of megabytes. */
export const mostCompared = 1_000_000;

/** How many runs are looked at between two pauses. */
const sliceSize = 4000;

/** Lets others have their turn; resolves to false when the work is not wanted any more. */
export type Pause = () => Promise<boolean>;

/** Remembers the runs of a sweep; `breathe` lets others have their turn. */
export async function knownRuns(runs: RunSequence, breathe: () => Promise<void>): Promise<KnownRuns> {
  const positions = new Map<number, number>();
  for (let index = 0; index < runs.size; index++) {
    if (index % sliceSize === sliceSize - 1) await breathe();
    const hash = pointHash(runs.at(index));
    if (!positions.has(hash)) positions.set(hash, index);
  }
  return { size: runs.size, positions };
}

/** Compares a plan with the runs of the last sweep. Undefined when it was stopped. */
export async function compareRuns(
  plan: RunSequence,
  before: KnownRuns,
  pause: Pause,
): Promise<Comparison | undefined> {
  const isKept = new Uint8Array(before.size);
  const isAdded = new Uint8Array(plan.size);
  let added = 0;
  for (let index = 0; index < plan.size; index++) {
    if (index % sliceSize === sliceSize - 1 && !(await pause())) return undefined;
    const position = before.positions.get(pointHash(plan.at(index)));
    if (position === undefined) {
      isAdded[index] = 1;
      added++;
    } else {
      isKept[position] = 1;
    }
  }
  const gone: number[] = [];
  for (const position of before.positions.values()) if (isKept[position] === 0) gone.push(position);
  return {
    added: positionsOf(isAdded, 1, added),
    kept: positionsOf(isAdded, 0, plan.size - added),
    gone: Uint32Array.from(gone),
  };
}

function positionsOf(flags: Uint8Array, wanted: number, count: number): Uint32Array {
  const positions = new Uint32Array(count);
  let next = 0;
  for (let index = 0; index < flags.length; index++) if (flags[index] === wanted) positions[next++] = index;
  return positions;
}
