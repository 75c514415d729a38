import { appendFileSync } from 'node:fs';
import { inject } from 'vitest';

/** What one kind of fault has shown; counts add up. */
export interface Figures {
  /** The kind of fault, in a person's words. */
  readonly fault: string;
  /** How many times it was made to happen. */
  readonly faults: number;
  /** How many runs were planned in the sweeps that it happened to. */
  readonly runs: number;
  /** Runs that did not end as they had to, or whose results or logs are gone. */
  readonly lost: number;
  /** Runs of which two processes ran at the same time. */
  readonly twice: number;
  /** Processes that were left behind. */
  readonly orphans: number;
}

/** Counts towards the table that ends the suite. Called before a test judges, so that what is wrong is in the table too. */
export function count(figures: Figures): void {
  appendFileSync(inject('figures'), `${JSON.stringify(figures)}\n`);
}

/** Whether the suite takes its time: many more faults, and much larger ones. */
export const isLong = process.env.MULTIRUN_FAULTS === 'long';
