import type { RunStatus } from '../../core/run.ts';
import { itemWords } from '../ids.ts';
import type { StatusCounts } from './ranges.ts';

/** Who runs a sweep, seen from this window. */
export type Holder = 'this-window' | 'another-process' | 'nobody';

/** Words about a sweep for the `when` clauses of menus. */
export function sweepContext(
  counts: StatusCounts,
  holder: Holder,
  hasFile: boolean,
  isPaused = false,
): string {
  const words: string[] = [itemWords.sweep, ...holderWords(holder)];
  if (holder !== 'nobody') words.push(isPaused ? itemWords.paused : itemWords.going);
  if (hasFile) words.push(itemWords.hasFile);
  if (counts.failure > 0) words.push(itemWords.hasFailed);
  if (counts.pending > 0) words.push(itemWords.hasPending);
  return words.join(' ');
}

/** Words about a run for the `when` clauses of menus. */
export function runContext(status: RunStatus, holder: Holder): string {
  return [itemWords.run, itemWords[status], ...holderWords(holder)].join(' ');
}

/** Words about failed runs that say the same, for the `when` clauses of menus. */
export function clusterContext(holder: Holder): string {
  return [itemWords.cluster, ...holderWords(holder)].join(' ');
}

function holderWords(holder: Holder): string[] {
  if (holder === 'nobody') return [itemWords.idle];
  return holder === 'this-window' ? [itemWords.live, itemWords.ours] : [itemWords.live];
}
