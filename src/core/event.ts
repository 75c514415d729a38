import type { Ending, Failure, Usage } from './failure.ts';
import type { PauseReason } from './pauseReason.ts';
import type { ResultsNote } from './resultsNote.ts';

/**
 * What happened in a sweep, one line of its journal each. Everything that anybody is shown of a sweep is derived from
 * these by `applyEvent`.
 *
 *     pending ──started──▶ running ──succeeded──▶ success
 *        │                    └──────failed─────▶ failure
 *        ├──skipped──▶ skipped
 *        ◀──requeued── (from success, failure, skipped)
 */
export type SweepEvent =
  | SweepOpened
  | SweepPaused
  | SweepResumed
  | SweepMaxParallel
  | SweepHalted
  | SweepExtended
  | SweepStopping
  | SweepClosed
  | RunsSubmitted
  | RunStarted
  | RunEnding
  | RunSucceeded
  | RunFailed
  | RunSkipped
  | RunRequeued;

interface At {
  /** When it happened: milliseconds since the epoch. */
  readonly at: number;
}

interface OfRun extends At {
  /** The run's id: its position in the plan, counted from 0. */
  readonly run: number;
}

/** A writer took the sweep: the first event of every journal, and again whenever a sweep is taken up later. */
export interface SweepOpened extends At {
  readonly type: 'sweep';
  readonly reason: 'opened';
  /** Version of the journal's format. */
  readonly version: number;
  /** How many runs the plan has. */
  readonly total: number;
  /** How many runs may run at the same time. */
  readonly maxParallel: number;
  /** The process that writes from now on; absent in journals of version 1. */
  readonly writer?: WriterIdentity | undefined;
  /** On whose behalf it writes: a word that only its owner can make anew. Absent where nobody comes back for the sweep. */
  readonly owner?: string | undefined;
  /** The runs that it is to run; absent where these are all that are pending. */
  readonly wanted?: readonly number[] | undefined;
  /** Whether it goes on where the last writer was, under rules that count what had ended then. Default: it begins afresh. */
  readonly continues?: boolean | undefined;
}

/** A process that writes a sweep, and the part of the world in which its processes have their ids. */
export interface WriterIdentity {
  readonly pid: number;
  readonly host: string;
  /** The kernel's id of this boot; null where the system tells none. */
  readonly boot: string | null;
  /** The space of process ids, which a container has for itself; null where the system tells none. */
  readonly space: string | null;
}

/** The sweep starts nothing for now; the latest reason counts. */
export interface SweepPaused extends At {
  readonly type: 'sweep';
  readonly reason: 'paused';
  readonly why: PauseReason;
}

/** The sweep starts runs again. */
export interface SweepResumed extends At {
  readonly type: 'sweep';
  readonly reason: 'resumed';
}

/** From now on so many runs may run at the same time. */
export interface SweepMaxParallel extends At {
  readonly type: 'sweep';
  readonly reason: 'max-parallel';
  readonly maxParallel: number;
}

/** The sweep's `halt` rule came true: nothing more is started. */
export interface SweepHalted extends At {
  readonly type: 'sweep';
  readonly reason: 'halted';
  /** The rule as the sweep file has it: "soon,fail=3". */
  readonly rule: string;
}

/** A changed sweep file was applied to the sweep: from now on its runs are executed as that one says. */
export interface SweepExtended extends At {
  readonly type: 'sweep';
  readonly reason: 'extended';
  /** How many runs the sweep has now, those included that the changed file has no more. */
  readonly total: number;
  /** Which version of the sweep file it is, counted from 2: see layout.ts. */
  readonly revision: number;
}

/** Somebody asked to start nothing more; what runs goes on, or is being terminated. */
export interface SweepStopping extends At {
  readonly type: 'sweep';
  readonly reason: 'stopping';
  /** Whether what runs is being terminated. Default: no. */
  readonly terminates?: boolean | undefined;
}

/** The writer let go of the sweep: nothing of it runs under this writer any more. */
export interface SweepClosed extends At {
  readonly type: 'sweep';
  readonly reason: 'closed';
}

/**
 * Runs were handed to a cluster, as the tasks of one job array: first without the job's id, before they are, then with it.
 * Of two such events that hold the same run, the later one counts.
 */
export interface RunsSubmitted extends At {
  readonly type: 'submitted';
  /** What the job is called in the cluster's queue: a name that no other job has. */
  readonly name: string;
  /** The job's id; absent while it is not known. */
  readonly job?: string | undefined;
  /** The runs, in the order of the tasks: from and to, both included. */
  readonly runs: readonly RunRange[];
  /** How many of them each task has; the last one may have fewer. Tasks are counted from 0. */
  readonly runsPerTask: number;
}

/** The ids of consecutive runs: the first and the last. */
export type RunRange = readonly [first: number, last: number];

/** A process was started for a run. */
export interface RunStarted extends OfRun {
  readonly type: 'started';
  /** 1 for the first process of this run, 2 for the second … */
  readonly attempt: number;
  /** Process id on the host of the writer; on that of `node` where there is one. */
  readonly pid: number;
  /** Which of the `maxParallel` places it took, counted from 0. */
  readonly slot: number;
  /** When the kernel started it, in the kernel's own ticks since boot: with `pid` it is this process and no other. */
  readonly ticks?: number | undefined;
  /** The task of a cluster that started it, as the cluster writes it: "4711_12". */
  readonly job?: string | undefined;
  /** The machine of the cluster on which it runs. */
  readonly node?: string | undefined;
}

/** A run's process is about to be terminated: however it ends now, and whoever sees it, this is why. */
export interface RunEnding extends OfRun {
  readonly type: 'ending';
  readonly ending: Ending;
}

/** A run's process ended with exit code 0, or with one that the sweep file takes for an answer. */
export interface RunSucceeded extends OfRun, ResultsNote {
  readonly type: 'succeeded';
  readonly usage?: Usage | undefined;
}

/** A run's process ended otherwise, or never came to be. */
export interface RunFailed extends OfRun, ResultsNote {
  readonly type: 'failed';
  readonly failure: Failure;
  readonly usage?: Usage | undefined;
}

/** A run was left out. */
export interface RunSkipped extends OfRun {
  readonly type: 'skipped';
  readonly why: SkipReason;
}

/**
 * Why a run was left out: `cancelled` by a person before it started, `excluded` by the sweep file, or `removed` from it after
 * the sweep had begun.
 */
export type SkipReason = 'cancelled' | 'excluded' | 'removed';

/** A run that was over is wanted again, as a new attempt. */
export interface RunRequeued extends OfRun {
  readonly type: 'requeued';
  /**
   * Who wants it: somebody `asked`, its rule for a `retry`, it is one that a `halt` rule ended, or its `cluster` put it back
   * into its queue.
   */
  readonly why: 'asked' | 'retry' | 'halted' | 'cluster';
  /** How long the next attempt waits at least, in ms; 0 when absent. */
  readonly delayMs?: number | undefined;
}
