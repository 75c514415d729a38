import type { Metric } from '../../core/results/resultSources.ts';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import type { PlotsTexts } from './plotsTexts.ts';

/** The page's own words in the person's language; `{0}` stands for a number. */
export interface ResultsTexts {
  readonly runs: string;
  readonly shown: string;
  readonly selected: string;
  readonly none: string;
  readonly columns: string;
  readonly clearFilters: string;
  readonly export: string;
  readonly openRun: string;
  readonly openLog: string;
  readonly openResults: string;
  readonly directory: string;
  readonly runAgain: string;
  readonly copyParameters: string;
  readonly unreadable: string;
  readonly dropped: string;
  readonly best: string;
  readonly reading: string;
  readonly parameters: string;
  readonly results: string;
  readonly run: string;
  readonly table: string;
  readonly tableTab: string;
  readonly plots: PlotsTexts;
}

/** A run of one of the page's sweeps, which is named by its place among them. */
export interface RunRef {
  readonly sweep: number;
  readonly run: number;
}

/** What a person can do with runs, by the names of commands. */
export type RunAction = 'openRun' | 'openLog' | 'openRunResults' | 'revealInExplorer' | 'runAgain';

/** To the page. */
export type ToResults =
  /** Begins anew: everything that was told before is void. */
  | {
      readonly type: 'begin';
      readonly directories: readonly string[];
      readonly sweeps: readonly string[];
      readonly metric: Metric | undefined;
      readonly texts: ResultsTexts;
      /** Whether runs may be run again. */
      readonly isTrusted: boolean;
    }
  /** What changed of runs of one sweep. */
  | { readonly type: 'chunk'; readonly sweep: number; readonly chunk: Chunk }
  /** Runs whose results cannot be read, and why: all of them, each time. */
  | { readonly type: 'problems'; readonly problems: readonly (RunRef & { readonly message: string })[] }
  /** All that there was when the page was opened has been told. */
  | { readonly type: 'complete' };

/** From the page. */
export type FromResults =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: RunAction; readonly runs: readonly RunRef[] }
  | { readonly type: 'copy-parameters'; readonly runs: readonly RunRef[] }
  /** Keeps a picture: of PNG a data URL, of SVG its source. */
  | {
      readonly type: 'save-plot';
      readonly name: string;
      readonly format: 'png' | 'svg';
      readonly content: string;
    }
  /** Exports these runs, in this order. */
  | { readonly type: 'export'; readonly runs: readonly RunRef[] };
