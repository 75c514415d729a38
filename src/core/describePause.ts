import prettyBytes from 'pretty-bytes';
import { describeFailure } from './failure.ts';
import type { PauseReason } from './pauseReason.ts';
import { unreachable } from './unreachable.ts';

/** A few words for a person: "the first 10 runs all failed: exit code 1", "1.2 GB of memory available, less than 2 GB". */
export function describePause(reason: PauseReason): string {
  switch (reason.kind) {
    case 'person':
      return 'somebody paused it';
    case 'breaker':
      return `${reason.count === 1 ? 'the first run failed' : `the first ${reason.count} runs all failed`}: ${describeFailure(reason.failure)}`;
    case 'canary':
      return `run ${reason.run}, which had to succeed first, failed: ${describeFailure(reason.failure)}`;
    case 'disk':
      return `${prettyBytes(reason.freeBytes)} free on the disk, less than ${prettyBytes(reason.limitBytes)}`;
    case 'memory':
      return `${prettyBytes(reason.availableBytes)} of memory available, less than ${prettyBytes(reason.limitBytes)}`;
    case 'load':
      return `${reason.load} processes run or wait for a processor, the limit is ${reason.limit}`;
    case 'preparation':
      return `no run can be started: ${reason.message}`;
    case 'cluster':
      return `the cluster does not answer: ${reason.message}`;
    case 'journal':
      return `what happens cannot be recorded: ${reason.message}`;
    default:
      return unreachable(reason);
  }
}
