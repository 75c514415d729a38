import { runSeeds } from '../sampling/seeds.ts';
import type { Points } from './points.ts';

/** What repetitions of a point are told apart by. */
export const replicateName = 'replicate';
/** What each repetition gets for its random numbers. */
export const replicateSeedName = 'seed';

/**
 * Each point several times, one repetition after the other. Each has a number, from 0, and a seed, from 0 to 2^31-1, that no
 * other has.
 */
export function replicated(points: Points, replicates: number, seed: number): Points {
  const seedAt = runSeeds(seed);
  const own = [replicateName, replicateSeedName].map((name) => ({
    name,
    path: [name],
    isOptional: false,
    values: undefined,
  }));
  return {
    size: points.size * replicates,
    columns: [...points.columns, ...own],
    fill(index, row, at) {
      const point = Math.floor(index / replicates);
      points.fill(point, row, at);
      row[at + points.columns.length] = index - point * replicates;
      row[at + points.columns.length + 1] = seedAt(index);
    },
  };
}
