import { t } from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import { describeFailure, type Usage } from '../../core/failure.ts';
import type { PauseReason } from '../../core/pauseReason.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatDuration, oneLine } from './format.ts';

/** Why a sweep starts nothing for now, in a few words. */
export function pauseText(reason: PauseReason): string {
  switch (reason.kind) {
    case 'person':
      return t('paused');
    case 'breaker':
      return t('paused: the first {0} all failed: {1}', reason.count, failureText(reason));
    case 'canary':
      return t('paused: the canary run {0} failed: {1}', reason.run, failureText(reason));
    case 'disk':
      return t(
        'paused: {0} free on the disk, less than {1}',
        prettyBytes(reason.freeBytes),
        prettyBytes(reason.limitBytes),
      );
    case 'memory':
      return t(
        'paused: {0} of memory available, less than {1}',
        prettyBytes(reason.availableBytes),
        prettyBytes(reason.limitBytes),
      );
    case 'load':
      return t('paused: the machine is busy ({0} of {1})', reason.load, reason.limit);
    case 'preparation':
      return t('paused: no run can be started: {0}', oneLine(reason.message, 120));
    case 'cluster':
      return t('the cluster does not answer: {0}', oneLine(reason.message, 120));
    case 'journal':
      return t('paused: nothing can be recorded: {0}', oneLine(reason.message, 120));
    default:
      return unreachable(reason);
  }
}

function failureText({ failure }: Extract<PauseReason, { readonly failure: unknown }>): string {
  return oneLine(describeFailure(failure), 80);
}

/** What a run used: "CPU 12.3s · peak memory 120 MB"; empty where nothing is known. */
export function usageText({ cpuMs, peakMemoryBytes }: Usage): string {
  return [
    cpuMs === undefined ? '' : t('CPU {0}', formatDuration(cpuMs)),
    peakMemoryBytes === undefined ? '' : t('peak memory {0}', prettyBytes(peakMemoryBytes)),
  ]
    .filter((words) => words !== '')
    .join(' · ');
}
