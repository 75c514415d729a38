import type { Sample } from '../../core/analysis/sample.ts';
import type { Sensitivity, SensitivityKind } from '../../core/analysis/sensitivity.ts';
import type { Region } from '../../core/refine/region.ts';
import type { Metric } from '../../core/results/resultSources.ts';
import type { Chunk } from '../../core/resultsTable/chunk.ts';
import type { PlotsTexts } from './plotsTexts.ts';
import type { SensitivityTexts } from './sensitivityTexts.ts';

/** The page's own words in the person's language; `{0}` stands for a number. */
export interface ResultsTexts {
  readonly runs: string;
  readonly shown: string;
  readonly selected: string;
  readonly none: string;
  readonly columns: string;
  readonly clearFilters: string;
  readonly export: string;
  readonly imageGrid: string;
  readonly failuresTab: string;
  readonly readingLogs: string;
  readonly noFailures: string;
  readonly unread: string;
  readonly selectInTable: string;
  readonly more: string;
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
  readonly sensitivity: SensitivityTexts;
  readonly debug: string;
  readonly compare: string;
  readonly refine: string;
  readonly search: string;
  readonly all: string;
  readonly missing: string;
  readonly noMatch: string;
  readonly from: string;
  readonly to: string;
  readonly groupBy: string;
  readonly groupedBy: string;
  readonly groupByParameter: string;
  readonly groupedTable: string;
  readonly singleRuns: string;
  readonly repetitions: string;
  readonly groupRuns: string;
  readonly groupSucceeded: string;
  readonly groupMean: string;
  readonly groupMin: string;
  readonly groupMax: string;
}

/** A run of one of the page's sweeps, which is named by its place among them. */
export interface RunRef {
  readonly sweep: number;
  readonly run: number;
}

/** What was marked in a plot, by the names of parameters. */
export type Marked = readonly (readonly [name: string, region: Region])[];

/** What VS Code's own context menu is told of a row: it decides which entries there are, and commands get it. */
export interface RowMenuContext {
  readonly webviewSection: 'runs';
  /** VS Code offers Cut, Copy and Paste otherwise. */
  readonly preventDefaultContextMenuItems: true;
  readonly multirunRows: 'one' | 'several';
  /** The selected runs by the directories of their sweeps. */
  readonly multirunRuns: readonly { readonly directory: string; readonly runs: readonly number[] }[];
  readonly multirunMarked: Marked;
}

/** What a person can do with runs, by the names of commands. */
export type RunAction =
  | 'openRun'
  | 'openLog'
  | 'openRunResults'
  | 'revealInExplorer'
  | 'runAgain'
  | 'debugRun'
  | 'compareRuns'
  | 'copyParameters';

/** Failed runs that say the same of their failure. */
export interface FailureGroup {
  /** What they say. */
  readonly title: string;
  readonly runs: Uint32Array;
  /** The parameters that they share, in words, and how far to believe it; empty where chance explains it. */
  readonly shared: string;
  readonly others: string;
}

/** Why runs of a sweep failed. */
export interface SweepFailureGroups {
  /** The largest first. */
  readonly groups: readonly FailureGroup[];
  /** How many failed runs were not looked at, because there are so many. */
  readonly unread: number;
}

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
      /** The names of the parameters that tell repetitions of a point apart; none where nothing is repeated. */
      readonly repetition: readonly string[];
    }
  /** What changed of runs of one sweep. */
  | { readonly type: 'chunk'; readonly sweep: number; readonly chunk: Chunk }
  /** The same, in a file that is to be fetched from an address: the page answers when it has. */
  | { readonly type: 'chunk-file'; readonly sweep: number; readonly file: string; readonly address: string }
  /** Runs whose results cannot be read, and why: all of them, each time. */
  | { readonly type: 'problems'; readonly problems: readonly (RunRef & { readonly message: string })[] }
  /** Selects these runs: a person has selected their rows elsewhere. */
  | { readonly type: 'select'; readonly runs: readonly RunRef[] }
  /** Why runs failed, by sweep; undefined while the logs of one are being read. */
  | { readonly type: 'failures'; readonly sweeps: readonly (SweepFailureGroups | undefined)[] }
  /** All that there was when the page was opened has been told. */
  | { readonly type: 'complete' }
  /** What an analysis found that the page has asked for; without one, why there is none. */
  | {
      readonly type: 'analysed';
      readonly request: number;
      /** How many runs were looked at. */
      readonly runs: number;
      readonly analysis: Sensitivity | undefined;
      /** What must be known of it, in words. */
      readonly notes: readonly string[];
      readonly problem: string;
    };

/** From the page. */
export type FromResults =
  | { readonly type: 'ready' }
  /** The chunk in a file has been taken over; or it could not be fetched, and is wanted as a message. */
  | { readonly type: 'taken'; readonly file: string; readonly isMissed: boolean }
  | { readonly type: 'action'; readonly action: RunAction; readonly runs: readonly RunRef[] }
  /** A person has selected these runs and no others: those of each sweep. */
  | { readonly type: 'selected'; readonly runs: readonly Uint32Array[] }
  /** Keeps a picture: of PNG a data URL, of SVG its source. */
  | {
      readonly type: 'save-plot';
      readonly name: string;
      readonly format: 'png' | 'svg';
      readonly content: string;
    }
  /** Asks which parameters a result depends on; what was asked before and has no answer yet is given up. */
  | {
      readonly type: 'analyse';
      readonly request: number;
      readonly kind: SensitivityKind;
      readonly sample: Sample;
    }
  /** Writes a new sweep file for the region of these runs. */
  | { readonly type: 'refine'; readonly context: RowMenuContext }
  /** Asks to be told why runs failed, from now on. */
  | { readonly type: 'follow-failures' }
  /** Shows the images that runs of the sweeps have drawn. */
  | { readonly type: 'image-grid' }
  /** Exports these runs, in this order; or their groups by the columns with these keys, where they stand in groups. */
  | { readonly type: 'export'; readonly runs: readonly RunRef[]; readonly groupedBy: readonly string[] };
