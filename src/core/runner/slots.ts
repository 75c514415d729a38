import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Launcher } from './launcher.ts';

/** The places in which runs go on at the same time, numbered from 0, each with a launcher of its own. */
export interface Slots {
  /** How many runs may go on at the same time. Where more do, the highest places are not filled again. */
  limit: number;
  /** How many places are taken. */
  readonly taken: number;
  /** Takes the lowest free place; undefined while as many are taken as may be. */
  take(): number | undefined;
  /** Takes this place or the next free one above it, whatever the limit. */
  takeFrom(slot: number): number;
  free(slot: number): void;
  /** Whether a place may be filled again at once by whoever has it. */
  mayContinue(slot: number): boolean;
  /** The launcher of a place, a new one where the last one is gone. */
  launcher(slot: number): Launcher;
  /** Waits for a turn of the event loop that no other place has. */
  turn(): Promise<void>;
  /** Lets go of all launchers. */
  close(): void;
}

/** Places that are all free. */
export function makeSlots(limit: number, makeLauncher: (slot: number) => Launcher): Slots {
  const taken = new Set<number>();
  const launchers: Launcher[] = [];
  let lastTurn: Promise<void> = Promise.resolve();

  function firstFree(from: number): number {
    let slot = from;
    while (taken.has(slot)) slot++;
    return slot;
  }

  return {
    limit,
    get taken() {
      return taken.size;
    },
    take() {
      const slot = firstFree(0);
      if (taken.size >= this.limit || slot >= this.limit) return undefined;
      taken.add(slot);
      return slot;
    },
    takeFrom(from) {
      const slot = firstFree(from);
      taken.add(slot);
      return slot;
    },
    free: (slot) => void taken.delete(slot),
    mayContinue(slot) {
      return taken.size <= this.limit && slot < this.limit;
    },
    launcher(slot) {
      let launcher = launchers[slot];
      if (!launcher?.alive) {
        launcher = makeLauncher(slot);
        launchers[slot] = launcher;
      }
      return launcher;
    },
    turn() {
      // Making a launcher takes milliseconds: no more than one a turn of the event loop.
      lastTurn = lastTurn.then(() => nextTurn());
      return lastTurn;
    },
    close() {
      for (const launcher of launchers) launcher?.close();
    },
  };
}
