import type { Failure } from './failure.ts';

/** Why a sweep starts nothing for now. What runs goes on. */
export type PauseReason =
  /** Somebody asked for it. */
  | { readonly kind: 'person' }
  /** The first runs all failed quickly and in the same way; a person decides whether to go on. */
  | {
      readonly kind: 'breaker';
      /** How many runs failed so. */
      readonly count: number;
      /** How they failed. */
      readonly failure: Failure;
      /** The last of them. */
      readonly run: number;
    }
  /** A run that had to succeed before the others did not; a person decides whether to go on. */
  | { readonly kind: 'canary'; readonly run: number; readonly failure: Failure }
  /** Too little space is free on the disk of the sweep directory. */
  | { readonly kind: 'disk'; readonly freeBytes: number; readonly limitBytes: number }
  /** Too little memory is available. */
  | { readonly kind: 'memory'; readonly availableBytes: number; readonly limitBytes: number }
  /** The machine has too much to do. */
  | { readonly kind: 'load'; readonly load: number; readonly limit: number }
  /** Runs cannot be made ready to start, for a reason that is not theirs: `message` is what the system said. */
  | { readonly kind: 'preparation'; readonly message: string }
  /** A cluster does not answer; `message` is what its programs said. What it has goes on. */
  | { readonly kind: 'cluster'; readonly message: string }
  /** What happens cannot be recorded: `message` is what the system said of the journal. */
  | { readonly kind: 'journal'; readonly message: string };

/** Whether only a person ends a pause for this reason; the others end by themselves when their cause has gone. */
export function waitsForPerson({ kind }: PauseReason): boolean {
  return kind === 'person' || kind === 'breaker' || kind === 'canary';
}
