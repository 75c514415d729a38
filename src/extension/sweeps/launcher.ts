import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { type AskedControls, controlsOf } from '../../core/controls.ts';
import { MultirunError } from '../../core/errors.ts';
import { type ExtendOptions, extendSweep } from '../../core/extendSweep.ts';
import type { Intent } from '../../core/intent.ts';
import { createSweepOf, launchSweepFile } from '../../core/launch.ts';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import { goesOnAlone } from '../../core/runner/goesOnAlone.ts';
import { isFoundElsewhere } from '../../core/runnerModules.ts';
import type { SweepHeader } from '../../core/sweepDirectory/header.ts';
import { lockHolder } from '../../core/sweepDirectory/lock.ts';
import { maxParallelOf } from '../../core/sweepFile/runnerSection.ts';
import type { SweepHandle } from '../../core/sweepHandle.ts';
import type { SweepState } from '../../core/sweepState.ts';
import { takeUpSweep } from '../../core/takeUp.ts';
import { settings } from '../ids.ts';
import { policyDefaults } from '../policyDefaults.ts';
import { readSettings } from '../settings.ts';
import { messageOf } from '../text/messageOf.ts';
import type { Catalogue } from './catalogue.ts';
import type { Detacher } from './detacher.ts';
import { leaveSweep } from './leaveSweep.ts';
import { sweepEnvironment } from './sweepEnvironment.ts';

/** A sweep that this window has started or taken up. */
export interface CarriedSweep {
  readonly directory: string;
  readonly header: SweepHeader;
}

/** A sweep of this window that has ended. */
export type EndedSweep =
  | { readonly kind: 'ended'; readonly sweep: CarriedSweep; readonly state: SweepState }
  | { readonly kind: 'unrecorded'; readonly sweep: CarriedSweep; readonly reason: string };

/** Starts the sweeps of this window, and holds them while they run. */
export interface Launcher extends vscode.Disposable {
  /** Fires when a sweep is waiting, has begun or has ended. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when a sweep has ended and the catalogue shows it so. */
  readonly onDidEnd: vscode.Event<EndedSweep>;
  /** How many sweeps wait for others to end. */
  waiting(): number;
  /** The directories of the sweeps that this window runs, itself or by a process of their own. */
  directories(): string[];
  /** Whether this window runs the sweep in a directory, itself or by a process of its own. */
  isOurs(directory: string): boolean;
  /** What can be asked of a sweep, whichever process carries it. */
  controls(directory: string): AskedControls;
  /**
   * Starts a sweep as soon as the setting allows; an aborted one is not started. `on` is the type of its runner; default: as the
   * sweep file says, or the setting. Rejects with what core throws.
   */
  launch(loaded: LoadedSweepFile, signal: AbortSignal, on?: string): Promise<CarriedSweep>;
  /** Takes a sweep up that nobody carries. Rejects with what core throws. */
  takeUp(directory: string, intent: Intent, signal: AbortSignal, takeOver?: boolean): Promise<CarriedSweep>;
  /**
   * Applies a changed sweep file to a sweep, whoever carries it, and carries it on. Rejects with what core throws; then the
   * sweep is as it was, and one that somebody carried goes on, carried by this window.
   */
  extend(
    directory: string,
    loaded: LoadedSweepFile,
    signal: AbortSignal,
    options: Pick<ExtendOptions, 'takeOver' | 'alsoFailed'>,
  ): Promise<CarriedSweep>;
  /** When the sweep in a directory was last opened before this window let go of it; undefined where it never did. */
  leftAt(directory: string): number | undefined;
  /** Counts a sweep that a process of its own carries for this window, since an earlier life of it, as this window's. */
  attach(directory: string): void;
  /** The window closes: lets go of everything, as the setting wants it. */
  leaveAll(): Promise<void>;
}

/** A sweep while it is carried: by this window's own handle, or by a process of its own. */
interface Carried {
  readonly sweep: CarriedSweep;
  readonly handle: SweepHandle | undefined;
}

/** Makes the launcher; whoever ran a sweep, what is shown of it comes from `catalogue`. */
export function createLauncher(
  catalogue: Catalogue,
  detacher: Detacher,
  log: vscode.LogOutputChannel,
): Launcher {
  const carried = new Map<string, Carried>();
  /** Sweeps that are let go of to be extended, and are this window's own meanwhile. */
  const extending = new Set<string>();
  const left = new Map<string, number | undefined>();
  const changes = new vscode.EventEmitter<void>();
  const ends = new vscode.EventEmitter<EndedSweep>();
  const queue = new PQueue({ concurrency: readSettings.maxConcurrentSweeps() });
  /** A cluster has a queue of its own, and a sweep may be in it for days. */
  const elsewhere = new PQueue();
  const configured = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settings.maxConcurrentSweeps)) {
      queue.concurrency = readSettings.maxConcurrentSweeps();
    }
  });

  /** Holds a sweep from its begin to its end. */
  const hold = async (sweep: CarriedSweep, handle: SweepHandle | undefined, begun: () => void) => {
    const { directory } = sweep;
    carried.set(directory, { sweep, handle });
    await catalogue.update(directory);
    log.info(`started: ${directory}${handle ? '' : ' (by a process of its own)'}`);
    begun();
    changes.fire();
    const ended = handle ? await outcomeOf(sweep, handle) : await endOfOther(catalogue, sweep);
    const isOpen = ended.kind === 'ended' && ended.state.phase !== 'closed';
    // One that was let go of was asked for by somebody; one whose process died was not.
    if (isOpen && (await lockHolder(directory)).kind !== 'dead') left.set(directory, ended.state.openedAt);
    carried.delete(directory);
    await catalogue.update(directory);
    log.info(`${ended.kind}: ${directory}`);
    // One that was left goes on elsewhere: it has not ended.
    if (!isOpen) ends.fire(ended);
  };

  const enqueue = (
    type: string,
    start: () => Promise<{ readonly sweep: CarriedSweep; readonly handle?: SweepHandle }>,
    signal: AbortSignal,
    priority = 0,
  ): Promise<CarriedSweep> => {
    const begun = Promise.withResolvers<CarriedSweep>();
    const lane = goesOnAlone(type) ? elsewhere : queue;
    const done = lane.add(
      async () => {
        const { sweep, handle } = await start();
        await hold(sweep, handle, () => begun.resolve(sweep));
      },
      { signal, priority },
    );
    changes.fire();
    done.catch(begun.reject).finally(() => changes.fire());
    return begun.promise;
  };

  const typeOf = (directory: string) => catalogue.view(directory)?.header.runner.type ?? 'local';

  const takeUp = async (directory: string, intent: Intent, takeOver?: boolean) => {
    const maxParallelLimit = readSettings.maxParallelLimit();
    const owner = detacher.ownerOf(directory);
    if (!isDetached(typeOf(directory))) {
      const options = { env: sweepEnvironment(), owner, maxParallelLimit, takeOver };
      const handle = await takeUpSweep(directory, intent, options);
      return { sweep: handle, handle };
    }
    await detacher.carry({ directory, intent, owner, maxParallelLimit, takeOver });
    await catalogue.update(directory);
    const view = catalogue.view(directory);
    if (view === undefined) throw new MultirunError('not-a-sweep', `${directory} is gone`);
    return { sweep: view };
  };

  const extend: Launcher['extend'] = async (directory, loaded, signal, options) => {
    extending.add(directory);
    try {
      await catalogue.update(directory);
      const wasLive = catalogue.view(directory)?.live === true;
      if (wasLive) await controlsOf(directory, carried.get(directory)?.handle).leave();
      let problem: { readonly error: unknown } | undefined;
      const begin = async () => {
        try {
          const on = typeOf(directory);
          await extendSweep(directory, loaded, { ...launchOptions(loaded, on), ...options });
        } catch (error) {
          if (!wasLive) throw error;
          problem = { error };
        }
        return takeUp(directory, { kind: 'take-up' });
      };
      // It had a place, and takes it again before others do.
      const sweep = await enqueue(typeOf(directory), begin, signal, 1);
      if (problem) throw problem.error;
      return sweep;
    } finally {
      extending.delete(directory);
    }
  };

  return {
    onDidChange: changes.event,
    onDidEnd: ends.event,
    waiting: () => queue.size,
    directories: () => [...carried.keys()],
    isOurs: (directory) => carried.has(directory) || extending.has(directory),
    leftAt: (directory) => left.get(directory),
    extend,
    controls: (directory) => controlsOf(directory, carried.get(directory)?.handle),
    launch: (loaded, signal, on = runnerOf(loaded)) => {
      const launch = async () => {
        const options = { ...launchOptions(loaded, on), ownerOf: detacher.ownerOf };
        if (isDetached(on)) {
          // From its start, so that not even a crash of the window stops it.
          const created = await createSweepOf(loaded, options);
          await created.completed;
          await catalogue.update(created.directory);
          return takeUp(created.directory, { kind: 'take-up' });
        }
        const handle = await launchSweepFile(loaded, options);
        return { sweep: handle, handle };
      };
      return enqueue(on, launch, signal);
    },
    takeUp: (directory, intent, signal, takeOver) =>
      enqueue(typeOf(directory), () => takeUp(directory, intent, takeOver), signal),
    attach: (directory) => {
      const view = catalogue.view(directory);
      if (view !== undefined && !carried.has(directory)) void hold(view, undefined, () => {});
    },
    leaveAll: async () => {
      queue.clear();
      const close = readSettings.onWindowClose();
      const handles = [...carried.values()].flatMap(({ handle }) => handle ?? []);
      await Promise.all(handles.map((handle) => leaveSweep(handle, close, detacher, log)));
    },
    dispose: () => {
      queue.clear();
      vscode.Disposable.from(configured, changes, ends).dispose();
    },
  };
}

/** Whether a process of its own carries a sweep from its start; it could not where only this window knows its runner. */
function isDetached(type: string): boolean {
  return readSettings.onWindowClose() === 'keepGoing' && isFoundElsewhere(type);
}

/** The type of the runner that a sweep file asks for, or else the setting. */
export function runnerOf({ runnable, parsed }: LoadedSweepFile): string {
  const isWritten = parsed.rangesOf(['runner', 'type']) !== undefined;
  return runnable && isWritten ? runnable.file.runner.type : readSettings.runner();
}

function launchOptions({ runnable }: LoadedSweepFile, on: string) {
  const limit = readSettings.maxParallelLimit();
  // The limit is one of this machine.
  const isHere = !goesOnAlone(on);
  const wanted = runnable && maxParallelOf({ ...runnable.file.runner, type: on }, runnable.plan.size);
  const maxParallel = limit > 0 && isHere && wanted !== undefined ? Math.min(limit, wanted) : undefined;
  return {
    on,
    runnerDefaults: readSettings.runnerOptions(),
    maxParallel,
    env: sweepEnvironment(),
    recordEnv: readSettings.recordEnvironment(),
    policy: isHere ? policyDefaults() : undefined,
  };
}

async function outcomeOf(sweep: CarriedSweep, handle: SweepHandle): Promise<EndedSweep> {
  try {
    return { kind: 'ended', sweep, state: await handle.finished };
  } catch (error) {
    return { kind: 'unrecorded', sweep, reason: messageOf(error) };
  }
}

/** Resolves when the process that carries a sweep has let go of it, or is gone. */
function endOfOther(catalogue: Catalogue, sweep: CarriedSweep): Promise<EndedSweep> {
  return new Promise((resolve) => {
    const look = (): void => {
      const view = catalogue.view(sweep.directory);
      if (view?.live) return;
      listening.dispose();
      if (view) resolve({ kind: 'ended', sweep, state: view.state });
      else resolve({ kind: 'unrecorded', sweep, reason: `${sweep.directory} is gone.` });
    };
    const listening = catalogue.onDidChange(look);
    look();
  });
}
