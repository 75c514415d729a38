import * as vscode from 'vscode';
import { defaultBreaker } from '../core/policy.ts';
import type { RunnerOptions } from '../core/runnerOptions.ts';
import { settings } from './ids.ts';

/** When a notification says that a sweep has ended. */
export type NotificationsSetting = 'always' | 'failure' | 'never';

/**
 * What becomes of this window's sweeps when it closes: what runs finishes and the next window goes on; or what runs is
 * terminated; or another process carries everything on.
 */
export type WindowCloseSetting = 'finishRunning' | 'stop' | 'keepGoing';

/** Reads the settings as they are now; defaults are those of package.json. */
export const readSettings = {
  notifications: () => read<NotificationsSetting>(settings.notifications, 'always'),
  onWindowClose: () => read<WindowCloseSetting>(settings.onWindowClose, 'finishRunning'),
  recordEnvironment: () => read<readonly string[]>(settings.recordEnvironment, []),
  /** The type of the runner of sweep files that have none. */
  runner: () => read<string>(settings.runner, '') || 'local',
  /** What holds for runners where a sweep file says nothing: by their types, keys of `runner` in a sweep file. */
  runnerOptions: () => read<Readonly<Record<string, RunnerOptions>>>(settings.runnerOptions, {}),
  /** Paths of Slurm's programs, by their names; an empty one is looked up on the PATH. */
  slurmCommands: () => read<Readonly<Record<string, string>>>(settings.slurmCommands, {}),
  /** Absolute paths. */
  runnerModules: () => read<readonly string[]>(settings.runnerModules, []),
  openViewOnRun: () => read(settings.openViewOnRun, true),
  codeLens: () => read(settings.codeLens, true),
  problems: () => read(settings.problems, true),
  /** At least 1. */
  maxConcurrentSweeps: () => Math.max(1, Math.floor(read(settings.maxConcurrentSweeps, 2))),
  /** Whether exported CSV has an apostrophe before what a spreadsheet would take for a formula. */
  escapeFormulas: () => read(settings.escapeFormulas, true),
  /** 0 for no limit. */
  maxParallelLimit: () => Math.max(0, Math.floor(read(settings.maxParallelLimit, 0))),
  /** What holds where a sweep file says nothing, by the file's keys and as the file has it; an empty text says nothing. */
  policy: () => ({
    grace_period: read<string>(settings.gracePeriod, ''),
    breaker: read<number>(settings.breaker, defaultBreaker),
    min_free_disk: read<string>(settings.minFreeDisk, ''),
    min_free_memory: read<string>(settings.minFreeMemory, ''),
    max_load: read<string>(settings.maxLoad, ''),
    nice: read<number>(settings.nice, 0),
  }),
};

function read<T>(setting: string, otherwise: T): T {
  return vscode.workspace.getConfiguration().get<T>(setting, otherwise);
}
