import type { Failure } from '../../failure.ts';
import type { RunStatus } from '../../run.ts';
import { runAt } from '../../runTable.ts';
import type { SweepWriter } from '../../sweepDirectory/sweepWriter.ts';
import type { RunEnvironment } from '../runEnvironment.ts';
import type { StartGate } from '../startGate.ts';
import type { SlurmQueue } from './queue.ts';
import type { CallSlurm } from './slurmCommands.ts';
import type { SlurmOptions } from './slurmOptions.ts';

/** How the attempt of a run ended. */
export interface RunEnd {
  /** Undefined for a success. */
  readonly failure: Failure | undefined;
  /** Its exit code; undefined where nothing tells. */
  readonly code: number | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A sweep while it is on Slurm: what the parts of its execution share. */
export interface Carried {
  readonly sweep: SweepWriter;
  readonly slurm: SlurmOptions;
  readonly environment: RunEnvironment;
  readonly call: CallSlurm;
  readonly queue: SlurmQueue;
  readonly gate: StartGate;
  /** The runs that are to come to an end. */
  readonly expected: ReadonlySet<number>;
  /** Runs that are to be submitted, and when at the earliest, by the clock of `performance.now`. */
  readonly due: Map<number, number>;
  /** Records how a run's attempt ended, and does what follows from it. */
  settle(run: number, end: RunEnd): Promise<void>;
  /** Leaves a pending run out. */
  skip(run: number): void;
}

/** What the journal says of a run now. */
export function statusOf({ sweep }: Pick<Carried, 'sweep'>, run: number): RunStatus {
  return runAt(sweep.state.runs, run).status;
}

/** Whether nothing more is to be started. */
export function isStopping({ sweep }: Pick<Carried, 'sweep'>): boolean {
  return sweep.state.phase === 'stopping';
}

/** How often to look for what nodes have written at least, in ms. */
const lookMs = 1000;

/** Tests have no second for each look. */
export function shortestLook({ MULTIRUN_SLURM_POLL_MS }: RunEnvironment): number {
  const given = Number(MULTIRUN_SLURM_POLL_MS);
  return given > 0 ? Math.min(given, lookMs) : lookMs;
}
