import { isShortage, messageOf } from '../errors.ts';
import { failureOfCode } from '../exitCode.ts';
import type { Failure, Usage } from '../failure.ts';
import { runAt } from '../runTable.ts';
import { successDurations } from '../statistics.ts';
import { runDirectory } from '../sweepDirectory/layout.ts';
import { startTicks } from '../sweepDirectory/processIdentity.ts';
import type { SweepWriter } from '../sweepDirectory/sweepWriter.ts';

import { type Adopted, adoptedTree, watchAdopted } from './adoption.ts';
import { attemptFailure, codeFailure } from './attemptFailure.ts';
import type { Attempts } from './attempts.ts';
import { markerOf } from './commandOf.ts';
import type { Command, Exit, Launcher } from './launcher.ts';
import { outOfMemoryRecord } from './system/outOfMemory.ts';
import type { SystemPlaces } from './system/places.ts';
import type { ProcessTree } from './termination.ts';
import { timeouts } from './timeouts.ts';
import { usageSampler } from './usage.ts';

/** How an attempt ended. */
export interface AttemptOutcome {
  /** Undefined for a success. */
  readonly failure: Failure | undefined;
  /** Its exit code; undefined where nothing tells. */
  readonly code: number | undefined;
  readonly usage: Usage;
  readonly durationMs: number;
  /** When it ended, where that is not now; milliseconds since the epoch. */
  readonly at?: number | undefined;
}

/** Carries single attempts of a sweep's runs on this machine, from start to end. */
export interface LocalAttempts {
  /**
   * Starts a process for a run and resolves when it, and all that had to be ended with it, is gone. Where the launcher
   * could not do its work the run is as pending as before, and `notLaunched` says why.
   */
  launch(
    slot: number,
    launcher: Launcher,
    command: Command,
    hooks: LaunchHooks,
  ): Promise<AttemptOutcome | { readonly notLaunched: string }>;
  /** Watches a run that a writer which is gone has started, to its end. Undefined where it does not run. */
  adopt(run: number): Promise<AttemptOutcome | undefined>;
  close(): void;
}

/** What {@link LocalAttempts.launch} tells. */
export interface LaunchHooks {
  /** The command was handed over. */
  readonly launched: () => void;
  /** Its process runs, and is recorded. */
  readonly started: () => void;
}

/** What {@link localAttempts} needs. */
export interface LocalAttemptsOptions {
  readonly sweep: SweepWriter;
  readonly attempts: Attempts;
  /** The PATH on which programs are looked up, to explain why one was not found. */
  readonly path: string;
  readonly places: SystemPlaces;
}

/** Attempts on this machine, each watched for its timeout and for what it uses. */
export function localAttempts({ sweep, attempts, path, places }: LocalAttemptsOptions): LocalAttempts {
  const { timeout } = sweep.header.policy;
  const answers = sweep.header.results?.exitCode ?? null;
  const isAnswer = (code: number): boolean => failureOfCode(code, answers) === undefined;
  const clocks = timeouts(
    timeout,
    timeout && 'percentOfMedian' in timeout ? successDurations(sweep.state) : [],
    (run, timeoutMs) => attempts.end(run, { reason: 'timeout', timeoutMs }),
  );
  const outOfMemory = outOfMemoryRecord(places);
  const sampler = usageSampler(outOfMemory.refresh);

  function begin(run: number, pid: number, tree: ProcessTree, agoMs: number): void {
    clocks.begin(run, agoMs);
    sampler.begin(run, pid, tree.members);
    attempts.started(run);
  }

  /** Hands a command to a launcher; resolves when its process has ended. */
  function exitOf(slot: number, launcher: Launcher, command: Command, hooks: LaunchHooks): Promise<Exit> {
    const { run, node } = command;
    const attempt = runAt(sweep.state.runs, run).attempts + 1;
    const ended = Promise.withResolvers<Exit>();
    attempts.begin(run, launcher);
    try {
      launcher.launch(command, {
        started(pid) {
          sweep.record({ type: 'started', run, attempt, pid, slot, ticks: startTicks(pid), node });
          begin(run, pid, launcher, 0);
          hooks.started();
        },
        ended: ended.resolve,
      });
    } catch (error) {
      const message = messageOf(error);
      // What the machine does not lack is a word that no program can be given.
      ended.resolve({ kind: isShortage(error) ? 'not-launched' : 'spawn-error', message });
    }
    hooks.launched();
    return ended.promise;
  }

  return {
    async launch(slot, launcher, command, hooks) {
      const { run } = command;
      const beganAt = performance.now();
      const exit = await exitOf(slot, launcher, command, hooks);
      const durationMs = performance.now() - beganAt;
      const code = exit.kind === 'code' ? exit.code : undefined;
      clocks.end(run, code !== undefined && isAnswer(code) ? durationMs : undefined);
      const { usage, pids } = sampler.end(run);
      // What a shell that went away may have started without a word of it is ended too.
      const endedBy = await attempts.ended(run, exit.kind === 'lost' || exit.kind === 'not-launched');
      if (exit.kind === 'not-launched' && endedBy === undefined) return { notLaunched: exit.message };
      const ranOutOfMemory = () => outOfMemory.killed(pids, durationMs);
      const failure =
        endedBy ??
        (code === 0 ? undefined : await attemptFailure(exit, command, { path, answers, ranOutOfMemory }));
      const cpuMs = exit.kind === 'code' ? exit.cpuMs : undefined;
      return { failure, code, usage: cpuMs ? { ...usage, cpuMs } : usage, durationMs };
    },
    async adopt(run) {
      const state = runAt(sweep.state.runs, run);
      if (state.status !== 'running') return undefined;
      const { pid, startedAt, ticks, ending } = state;
      const directory = runDirectory(sweep.directory, run, sweep.header.size);
      const process: Adopted = { directory, pid, startedAt, ticks, marker: markerOf(directory) };
      const tree = adoptedTree(process);
      attempts.begin(run, tree);
      begin(run, pid, tree, Date.now() - startedAt);
      // Its writer died between its signals.
      if (ending) attempts.end(run, ending);
      const exit = await watchAdopted(process, () => sweep.earlierLaunchers());
      const at = exit?.at ?? Date.now();
      const durationMs = at - startedAt;
      clocks.end(run, exit && isAnswer(exit.code) ? durationMs : undefined);
      const { usage, pids } = sampler.end(run);
      const endedBy = await attempts.ended(run, exit === undefined);
      const own: Failure | undefined = exit
        ? codeFailure(exit.code, answers, () => outOfMemory.killed(pids, durationMs))
        : { reason: 'lost' };
      return { failure: endedBy ?? own, code: exit?.code, usage, durationMs, at };
    },
    close: sampler.close,
  };
}
