import type { CheckedSweepFile } from './schema.ts';

/** How to find out why a run failed. */
export interface DiagnosisSection {
  /** The launch configuration that debugs a run; undefined for one that suits the command. */
  readonly debug: string | undefined;
  /** Regular expressions for the program's own messages, with the groups `file`, `line`, `column` and `message`. */
  readonly problemMatchers: readonly string[];
}

/** How a valid file says to find out why a run failed. */
export function diagnosisSectionOf({ debug, problem_matcher }: CheckedSweepFile): DiagnosisSection {
  return { debug, problemMatchers: problem_matcher === undefined ? [] : [problem_matcher].flat() };
}
