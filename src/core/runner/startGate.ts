import { type PauseReason, waitsForPerson } from '../pauseReason.ts';
import type { Guard } from './guards.ts';

/** How old what a guard said may be, in ms. */
const freshMs = 200;
/** How often to ask guards again that hold a sweep up, in ms. */
const recheckMs = 1000;

/** Which of several reasons is told: the one that most needs somebody. */
const order: readonly PauseReason['kind'][] = [
  'preparation',
  'breaker',
  'canary',
  'person',
  'disk',
  'memory',
  'load',
  'cluster',
];

/** Decides whether a run may be started now. */
export interface StartGate {
  /** Asks the guards too; only to be asked when there is something to start. */
  isOpen(): boolean;
  /** A run was started. */
  passed(): void;
  hold(reason: PauseReason): void;
  release(kind: PauseReason['kind']): void;
  /** Ends every hold that waits for a person; returns of which kinds there were. */
  releaseHeldForPerson(): PauseReason['kind'][];
  /** Ends the holds of guards, where there is nothing to start any more. */
  releaseGuards(): void;
  close(): void;
}

/** What {@link startGate} needs. */
export interface StartGateOptions {
  readonly guards: readonly Guard[];
  /** Time between two starts at least, in ms. */
  readonly delayMs: number;
  /** The reason that is told is another one; undefined when nothing holds the sweep up any more. */
  readonly onChange: (reason: PauseReason | undefined) => void;
  /** It may be open now: ask again. */
  readonly onTurn: () => void;
  /** How the sweep's last writer had it: where that waits for a person it still does, and is not told again. */
  readonly paused: PauseReason | undefined;
}

/** A gate that nothing holds shut but for a person. */
export function startGate({ guards, delayMs, onChange, onTurn, paused }: StartGateOptions): StartGate {
  const holds = new Map<PauseReason['kind'], PauseReason>();
  if (paused && waitsForPerson(paused)) holds.set(paused.kind, paused);
  let told = [...holds.keys()].at(0);
  let askedAt = Number.NEGATIVE_INFINITY;
  let startedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    const kind = order.find((candidate) => holds.has(candidate));
    if (kind === told) return;
    told = kind;
    onChange(kind && holds.get(kind));
  }

  function releaseGuards(): void {
    for (const kind of ['disk', 'memory', 'load'] as const) holds.delete(kind);
  }

  function askGuards(): void {
    if (guards.length === 0 || performance.now() - askedAt < freshMs) return;
    askedAt = performance.now();
    releaseGuards();
    for (const guard of guards) {
      const reason = guard();
      if (reason) holds.set(reason.kind, reason);
    }
    tell();
  }

  function turnIn(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      onTurn();
    }, ms);
  }

  return {
    isOpen() {
      askGuards();
      if (holds.size > 0) {
        turnIn(recheckMs);
        return false;
      }
      const waitMs = delayMs === 0 ? 0 : startedAt + delayMs - performance.now();
      if (waitMs <= 0) return true;
      turnIn(Math.min(waitMs, recheckMs));
      return false;
    },
    passed() {
      startedAt = performance.now();
    },
    hold(reason) {
      holds.set(reason.kind, reason);
      tell();
    },
    release(kind) {
      holds.delete(kind);
      tell();
    },
    releaseHeldForPerson() {
      const released = [...holds.values()].filter(waitsForPerson).map(({ kind }) => kind);
      for (const kind of released) holds.delete(kind);
      tell();
      return released;
    },
    releaseGuards() {
      releaseGuards();
      tell();
    },
    close: () => clearTimeout(timer),
  };
}
