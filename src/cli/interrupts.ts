/** What was asked for from outside so far. */
export type Interruption = 'none' | 'stop' | 'cancel';

/** A sweep, as far as it can be ended early. */
interface Endable {
  stop(): void;
  cancel(): void;
}

/** Listens to the signals that end a sweep early. */
export interface Interrupts extends Disposable {
  readonly interruption: Interruption;
  /** The sweep to end; what was asked for before is done now. */
  watch(sweep: Endable): void;
}

/**
 * From now on SIGINT (Ctrl-C) stops the sweep the first time and cancels it the second, and SIGTERM cancels it at once.
 * Runs have sessions of their own, so that a terminal's Ctrl-C reaches us alone.
 */
export function listenToInterrupts(onChange: (interruption: Interruption) => void): Interrupts {
  let interruption: Interruption = 'none';
  let sweep: Endable | undefined;
  const change = (next: Interruption): void => {
    if (interruption === 'cancel') return;
    interruption = next;
    onChange(next);
    apply();
  };
  const apply = (): void => {
    if (interruption === 'stop') sweep?.stop();
    if (interruption === 'cancel') sweep?.cancel();
  };
  const onSigint = (): void => change(interruption === 'none' ? 'stop' : 'cancel');
  const onSigterm = (): void => change('cancel');
  // A terminal that goes away (a connection that breaks, a window that closes) takes no sweep with it.
  const onSighup = (): void => {};
  process.on('SIGINT', onSigint);
  process.on('SIGTERM', onSigterm);
  process.on('SIGHUP', onSighup);
  return {
    get interruption() {
      return interruption;
    },
    watch(watched) {
      sweep = watched;
      apply();
    },
    [Symbol.dispose]() {
      process.off('SIGINT', onSigint);
      process.off('SIGTERM', onSigterm);
      process.off('SIGHUP', onSighup);
    },
  };
}
