import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { launchSweepFile } from '../../core/launch.ts';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import { runEnvironment } from '../../core/runner/runEnvironment.ts';
import type { SweepHandle } from '../../core/sweepHandle.ts';
import type { SweepState } from '../../core/sweepState.ts';
import { takeUpSweep } from '../../core/takeUp.ts';
import { settings } from '../ids.ts';
import { readSettings } from '../settings.ts';
import { messageOf } from '../text/messageOf.ts';
import type { Catalogue } from './catalogue.ts';
import { withoutEditor } from './environment.ts';

/** A sweep of this window that has ended. */
export type EndedSweep =
  | { readonly kind: 'ended'; readonly handle: SweepHandle; readonly state: SweepState }
  | { readonly kind: 'unrecorded'; readonly handle: SweepHandle; readonly reason: string };

/** Starts the sweeps of this window, and holds them while they run. */
export interface Launcher extends vscode.Disposable {
  /** Fires when a sweep is waiting, has begun or has ended. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when a sweep has ended and the catalogue shows it so. */
  readonly onDidEnd: vscode.Event<EndedSweep>;
  /** How many sweeps wait for others to end. */
  waiting(): number;
  /** The directories of the sweeps that this window runs. */
  directories(): string[];
  /** The sweep that this window runs in a directory. */
  handle(directory: string): SweepHandle | undefined;
  /** Starts a sweep as soon as the setting allows; an aborted one is not started. Rejects with what core throws. */
  launch(loaded: LoadedSweepFile, signal: AbortSignal): Promise<SweepHandle>;
  /** Runs some runs of a sweep: as new attempts where they are over. Rejects with what core throws. */
  runAgain(directory: string, runs: readonly number[], signal: AbortSignal): Promise<SweepHandle>;
  /** Starts nothing more anywhere; what runs ends by itself. */
  stopAll(): Promise<void>;
}

/** Makes the launcher; whoever ran a sweep, what is shown of it comes from `catalogue`. */
export function createLauncher(catalogue: Catalogue, log: vscode.LogOutputChannel): Launcher {
  const handles = new Map<string, SweepHandle>();
  const changes = new vscode.EventEmitter<void>();
  const ends = new vscode.EventEmitter<EndedSweep>();
  const queue = new PQueue({ concurrency: readSettings.maxConcurrentSweeps() });
  const configured = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settings.maxConcurrentSweeps)) {
      queue.concurrency = readSettings.maxConcurrentSweeps();
    }
  });

  const carryOut = async (handle: SweepHandle) => {
    const ended = await outcomeOf(handle);
    handles.delete(handle.directory);
    await catalogue.update(handle.directory);
    log.info(`${ended.kind}: ${handle.directory}`);
    ends.fire(ended);
  };

  const enqueue = (start: () => Promise<SweepHandle>, signal: AbortSignal): Promise<SweepHandle> => {
    const begun = Promise.withResolvers<SweepHandle>();
    const done = queue.add(
      async () => {
        const handle = await start();
        handles.set(handle.directory, handle);
        log.info(`started: ${handle.directory}`);
        await catalogue.update(handle.directory);
        begun.resolve(handle);
        changes.fire();
        await carryOut(handle);
      },
      { signal },
    );
    changes.fire();
    done.catch(begun.reject).finally(() => changes.fire());
    return begun.promise;
  };

  return {
    onDidChange: changes.event,
    onDidEnd: ends.event,
    waiting: () => queue.size,
    directories: () => [...handles.keys()],
    handle: (directory) => handles.get(directory),
    launch: (loaded, signal) => enqueue(() => launchSweepFile(loaded, launchOptions(loaded)), signal),
    runAgain: async (directory, runs, signal) => {
      const running = handles.get(directory);
      if (running === undefined)
        return enqueue(() => takeUpSweep(directory, { kind: 'rerun', runs }, { env: environment() }), signal);
      running.runAgain(runs);
      return running;
    },
    stopAll: async () => {
      queue.clear();
      for (const handle of handles.values()) handle.stop();
    },
    dispose: () => {
      queue.clear();
      vscode.Disposable.from(configured, changes, ends).dispose();
    },
  };
}

function environment() {
  return runEnvironment(withoutEditor(process.env));
}

function launchOptions({ runnable }: LoadedSweepFile) {
  const limit = readSettings.maxParallelLimit();
  const wanted = runnable?.file.runner.maxParallel;
  const maxParallel = limit > 0 && wanted !== undefined ? Math.min(limit, wanted) : undefined;
  return { maxParallel, env: environment() };
}

async function outcomeOf(handle: SweepHandle): Promise<EndedSweep> {
  try {
    return { kind: 'ended', handle, state: await handle.finished };
  } catch (error) {
    return { kind: 'unrecorded', handle, reason: messageOf(error) };
  }
}
