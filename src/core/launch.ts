import type { Diagnostic } from './diagnostic.ts';
import type { Plan } from './plan/plan.ts';
import type { SweepFile } from './sweepFile/sweepFile.ts';
import type { SweepHandle } from './sweepHandle.ts';

/** A sweep file with everything that can be known of it before anything is started. */
export interface LoadedSweepFile {
  /** Absolute path of the sweep file. */
  readonly path: string;
  /** Its text as read, or as an editor holds it. */
  readonly text: string;
  /** All problems, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** What it says, where there is no error. */
  readonly runnable: { readonly file: SweepFile; readonly plan: Plan } | undefined;
}

/** What a launch may say otherwise than the sweep file. */
export interface LaunchOptions {
  readonly maxParallel?: number | undefined;
  /** A new directory; relative to the current directory. */
  readonly outputPath?: string | undefined;
}

/** Reads and checks a sweep file; `text` stands for its content where an editor has unsaved changes. */
export declare function loadSweepFile(path: string, text?: string): Promise<LoadedSweepFile>;

/** Creates the sweep directory and starts its runs. Throws a {@link MultirunError} when the file has errors or the directory is taken. */
export declare function launchSweepFile(
  loaded: LoadedSweepFile,
  options?: LaunchOptions,
): Promise<SweepHandle>;

/** Takes up an existing sweep directory to run some of its runs again. Throws when another process writes it. */
export declare function reopenSweep(directory: string, runs: readonly number[]): Promise<SweepHandle>;
