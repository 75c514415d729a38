import type { ParamMap } from '../../run.ts';
import type { ResultsTable } from '../table.ts';

/** What is exported. */
export interface ExportSource {
  readonly table: ResultsTable;
  /** Which rows, in which order. */
  readonly rows: Uint32Array;
  /** Parameters and results of a row's run, as it has them: nested. */
  readonly values: (row: number) => { readonly params: ParamMap; readonly results: unknown };
  /** How a row's run was launched and how it ended. */
  readonly launched: (row: number) => Launched;
}

/** How a run was launched and how it ended. */
export interface Launched {
  /** The host on which its sweep was launched. */
  readonly host: string;
  /** Its command, as one would type it into a POSIX shell. */
  readonly commandLine: string;
  /** Its exit code and the number of the signal that ended it, else 0; undefined while it has not ended. */
  readonly exit: { readonly code: number; readonly signal: number } | undefined;
}

/** What an export can be told. */
export interface ExportOptions {
  /**
   * Whether a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
   * return) gets an apostrophe in front. CSV only. Default: yes.
   */
  readonly escapeFormulas?: boolean;
}
