import type { ParamMap } from '../run.ts';
import type { SweepState } from '../sweepState.ts';
import type { SweepHeader } from './header.ts';

/** A sweep directory as a reader sees it, whoever writes it. */
export interface SweepView {
  readonly directory: string;
  readonly header: SweepHeader;
  /**
   * As of the last {@link SweepView.refresh}: what the journal tells and, where its writer is gone, what became of the runs
   * that it left running.
   */
  readonly state: SweepState;
  /** What the journal alone tells. */
  readonly recorded: SweepState;
  /** Whether a living process on this host holds the sweep's lock, as of the last refresh. */
  readonly live: boolean;
  /** What could not be read, in words for a person; empty when all is well. */
  readonly problems: readonly string[];
  /** Reads what was written since the last time. Resolves to whether anything changed. */
  refresh(): Promise<boolean>;
  /**
   * What the sweep file said when the run was last started, and where that version's inputs and templates are; the latest
   * one for a run that has not been.
   */
  revisionOf(run: number): { readonly header: SweepHeader; readonly store: string };
  /** The parameters of a run. */
  params(run: number): ParamMap;
  /** What the run handed back, or undefined when it has not (yet). Throws when the file is not JSON. */
  results(run: number): Promise<unknown>;
  /** Absolute path of the run's directory. */
  runDirectory(run: number): string;
  /** The run's id as people read it, padded: "007". */
  label(run: number): string;
}
