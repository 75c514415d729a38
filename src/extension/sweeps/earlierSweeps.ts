import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { readSettings } from '../settings.ts';
import type { Catalogue } from './catalogue.ts';

/** The sweeps that were made from a sweep file, newest first. `path` is absolute. */
export function earlierSweeps(catalogue: Catalogue, path: string): SweepView[] {
  return catalogue
    .entries()
    .flatMap((entry) => (entry.kind === 'sweep' && entry.view.header.sweepFile === path ? [entry.view] : []));
}

/** How many runs this window lets go on at the same time, where a sweep file wants so many. */
export function allowedParallel(wanted: number): number {
  const limit = readSettings.maxParallelLimit();
  return limit > 0 ? Math.min(limit, wanted) : wanted;
}
