import type { ProcessTree } from './termination.ts';

/** A process to start, with everything resolved. */
export interface Command {
  /** The run's id. */
  readonly run: number;
  /** Absolute path of the run directory: where it starts, and where its logs and its `exit` file are written. */
  readonly directory: string;
  /** Argument vector; the first word is looked up on PATH unless it holds a slash. */
  readonly argv: readonly string[];
  /** Added to the launcher's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The machine on which the program really runs, where that is another one than this. */
  readonly node?: string | undefined;
}

/** How a started process ended. */
export type Exit =
  /** As a shell tells it: above 128 it is a signal's number plus 128. */
  | {
      readonly kind: 'code';
      readonly code: number;
      /** Time on processors of all its processes that were waited for, in ms; undefined where nothing tells. */
      readonly cpuMs?: number | undefined;
    }
  /** No process came to be. */
  | { readonly kind: 'spawn-error'; readonly message: string }
  /** The launcher could not do its work, for a reason that has nothing to do with this command: nothing was started. */
  | { readonly kind: 'not-launched'; readonly message: string }
  /** The launcher itself is gone: nothing tells how the process ended. */
  | { readonly kind: 'lost' };

/** What a launcher tells of the process that it started. */
export interface LaunchListener {
  started(pid: number): void;
  ended(exit: Exit): void;
}

/**
 * Starts one process at a time, in a place of its own. A signal reaches the current or the last process and everything that
 * it started, and nothing of another run.
 */
export interface Launcher extends ProcessTree {
  /** Starts a process. Only while none is running. */
  launch(command: Command, listener: LaunchListener): void;
  /** The process that starts the runs and writes their exit codes, where that is another one than this. */
  readonly pid: number | undefined;
  /** Whether it can start another process. */
  readonly alive: boolean;
  /** Lets go: what runs ends by itself. */
  close(): void;
}

/** Makes the launcher of a slot. `env` is its whole environment; its processes yield to others by `nice`. */
export type LaunchFactory = (slot: number, env: Readonly<Record<string, string>>, nice: number) => Launcher;
