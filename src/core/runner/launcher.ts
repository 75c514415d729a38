import type { Signallable } from './termination.ts';

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
}

/** How a started process ended. */
export type Exit =
  /** As a shell tells it: above 128 it is a signal's number plus 128. */
  | { readonly kind: 'code'; readonly code: number }
  /** No process came to be. */
  | { readonly kind: 'spawn-error'; readonly message: string }
  /** The launcher itself is gone: nothing tells how the process ended. */
  | { readonly kind: 'lost' };

/** What a launcher tells of the process that it started. */
export interface LaunchListener {
  started(pid: number): void;
  ended(exit: Exit): void;
}

/** Starts one process at a time, in a place of its own; knows how to reach everything that the process started. */
export interface Launcher extends Signallable {
  /** Starts a process. Only while none is running. */
  launch(command: Command, listener: LaunchListener): void;
  /**
   * Sends a signal to the current or the last process and all that it started, never to another run's.
   * Resolves to whether anything was there; the signal 0 only asks.
   */
  signal(signal: NodeJS.Signals | 0): Promise<boolean>;
  /** The process that starts the runs and writes their exit codes, where that is another one than this. */
  readonly pid: number | undefined;
  /** Whether it can start another process. */
  readonly alive: boolean;
  /** Lets go: what runs ends by itself. */
  close(): void;
}

/** Makes the launcher of a slot. `env` is its whole environment. */
export type LaunchFactory = (slot: number, env: Readonly<Record<string, string>>) => Launcher;
