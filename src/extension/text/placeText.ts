import { t } from '@vscode/l10n';
import type { QueueEntry } from '../../core/runner/slurm/parseQueue.ts';
import type { RunState } from '../../core/runTable.ts';
import { oneLine } from './format.ts';

/** Where a run is in a cluster's queue. */
export interface QueuePlace {
  /** How its task stands; undefined where the queue does not tell (yet). */
  readonly entry: QueueEntry | undefined;
}

/**
 * Where a run runs, or why it waits: "on n1", "waits: Priority", in the queue's own words. Empty for one that is neither on another
 * machine nor in a queue; `place` is undefined for one that is in none.
 */
export function placeText(run: RunState, place: QueuePlace | undefined): string {
  const entry = place?.entry;
  if (run.status === 'running') {
    const node = run.node ?? entry?.node ?? '';
    return node === '' ? '' : t('on {0}', oneLine(node, 60));
  }
  if (run.status !== 'pending' || place === undefined) return '';
  if (entry === undefined) return t('in the queue');
  const { state, reason, node } = entry;
  if (state === 'PENDING')
    return reason === '' || reason === 'None' ? t('in the queue') : t('waits: {0}', oneLine(reason, 60));
  // A task has its runs one after another.
  if (state === 'RUNNING') return t('follows on {0}', oneLine(node, 60));
  return t('in the queue: {0}', oneLine(state.toLowerCase().replaceAll('_', ' '), 60));
}
