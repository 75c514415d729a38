import { unreachable } from './unreachable.ts';

/** Why an attempt failed. */
export type Failure =
  | { readonly reason: 'exit-code'; readonly code: number }
  | { readonly reason: 'signal'; readonly signal: string }
  | ({ readonly reason: 'timeout'; readonly timeoutMs: number } & Survivors)
  /** The kernel ended it because memory was short; only where the kernel's own record says so. */
  | { readonly reason: 'out-of-memory' }
  | ({ readonly reason: 'cancelled' } & Survivors)
  /** It was terminated because the sweep's `halt` rule came true. */
  | ({ readonly reason: 'halted' } & Survivors)
  | {
      readonly reason: 'spawn-error';
      /** What the system said, with the path that it said it of. */
      readonly message: string;
    }
  /** The machine of a cluster on which it ran failed. */
  | { readonly reason: 'node-failed'; readonly node?: string | undefined }
  /** A cluster took its place for other work. */
  | { readonly reason: 'preempted' }
  | {
      /** The process is gone and nothing tells how it ended. */
      readonly reason: 'lost';
    };

/** Why an attempt is ended from outside. */
export type Ending =
  | { readonly reason: 'cancelled' }
  | { readonly reason: 'halted' }
  | { readonly reason: 'timeout'; readonly timeoutMs: number };

/** What would not end although it was killed. */
export interface Survivors {
  /** The ids of such processes; absent where there are none. */
  readonly left?: readonly number[] | undefined;
}

/** What an attempt used, as far as the platform tells. */
export interface Usage {
  /** The most memory that its processes held at one time, in bytes. */
  readonly peakMemoryBytes?: number | undefined;
  /** Time on processors, user and system, of all its processes; in ms. */
  readonly cpuMs?: number | undefined;
}

/** A few words for a person: "exit code 3", "killed by SIGKILL", "timed out after 30 s". */
export function describeFailure(failure: Failure): string {
  switch (failure.reason) {
    case 'exit-code':
      return `exit code ${failure.code}`;
    case 'signal':
      return `killed by ${failure.signal}`;
    case 'timeout':
      return `timed out after ${failure.timeoutMs / 1000} s${survivorsClause(failure)}`;
    case 'out-of-memory':
      return 'out of memory: killed by the kernel';
    case 'cancelled':
      return `cancelled${survivorsClause(failure)}`;
    case 'halted':
      return `terminated when the sweep was halted${survivorsClause(failure)}`;
    case 'spawn-error':
      return failure.message;
    case 'node-failed':
      return failure.node === undefined ? 'its node failed' : `its node ${failure.node} failed`;
    case 'preempted':
      return 'preempted: the cluster took its place for other work';
    case 'lost':
      return 'lost: its process is gone and left no exit code';
    default:
      return unreachable(failure);
  }
}

function survivorsClause({ left = [] }: Survivors): string {
  if (left.length === 0) return '';
  const shown = left.slice(0, 5).join(', ');
  return `; still there, although killed: ${left.length === 1 ? 'process' : 'processes'} ${shown}${left.length > 5 ? ', …' : ''}`;
}
