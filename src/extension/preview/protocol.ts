/** Which runs the table shows: what the plan runs, of those what is new or was run before; what is gone, or left out. */
export type PreviewFilter = 'all' | 'added' | 'kept' | 'gone' | 'excluded';

/** What a row is, compared with the last sweep. */
export type RowMark = 'added' | 'kept' | 'gone' | 'excluded' | 'plain';

/** A column of the table. */
export interface PreviewColumn {
  readonly name: string;
  /** Whether its first values are numbers, which stand at the right. */
  readonly isNumber: boolean;
}

/** A run as the table shows it. Texts are anybody's: none is markup. */
export interface PreviewRow {
  /** The run's number, padded; empty where it has none. */
  readonly label: string;
  readonly mark: RowMark;
  /** In the order of the columns; empty for a parameter that the run lacks. */
  readonly cells: readonly string[];
  /** Why the run is left out; empty otherwise. */
  readonly reason: string;
}

/** Some rows of the table. */
export interface PreviewPage {
  /** The {@link PreviewPlan.version} that it belongs to. */
  readonly version: number;
  readonly filter: PreviewFilter;
  /** Position of the first row among those that the filter shows. */
  readonly first: number;
  readonly rows: readonly PreviewRow[];
}

/** One way to filter the table. */
export interface FilterChoice {
  readonly filter: PreviewFilter;
  /** "New". */
  readonly title: string;
  /** "+20". */
  readonly count: string;
  readonly size: number;
  readonly tooltip: string;
}

/** Everything about a plan but its rows. Texts are in the person's language. */
export interface PreviewPlan {
  /** Grows with each plan. */
  readonly version: number;
  /** How many runs there are. */
  readonly size: number;
  /** "120 runs". */
  readonly headline: string;
  /** "about 4 min · 4 at a time". */
  readonly details: string;
  /** What the run button says; empty when nothing can be run. */
  readonly run: string;
  readonly columns: readonly PreviewColumn[];
  /** The columns of the runs that are gone. */
  readonly goneColumns: readonly PreviewColumn[];
  readonly filters: readonly FilterChoice[];
  /** What the plan is compared with, or why it is not. */
  readonly comparison: string;
  /** Problems of the sweep file; while there are errors, the table shows the last plan without. */
  readonly problems: readonly { readonly severity: 'error' | 'warning'; readonly message: string }[];
  /** Whether the table is older than the text. */
  readonly isOutdated: boolean;
}

/** The page's own words. */
export interface PreviewTexts {
  readonly table: string;
  readonly number: string;
  readonly reason: string;
  readonly command: string;
  readonly empty: string;
  readonly noCommand: string;
}

/** What the extension tells the page. */
export type ToPreview =
  | {
      readonly type: 'plan';
      /** What the page must know to be shown again after a reload. */
      readonly source: string;
      readonly texts: PreviewTexts;
      readonly plan: PreviewPlan;
      /** The rows that the page was looking at, as they are now. */
      readonly page: PreviewPage | undefined;
    }
  | { readonly type: 'page'; readonly page: PreviewPage }
  | {
      readonly type: 'command';
      readonly version: number;
      readonly filter: PreviewFilter;
      readonly row: number;
      /** The command line of a run. */
      readonly text: string;
    };

/** What the page tells the extension. */
export type FromPreview =
  | { readonly type: 'ready' }
  /** The rows that are in view, and a few around them. */
  | { readonly type: 'look'; readonly filter: PreviewFilter; readonly first: number; readonly count: number }
  /** The row that was chosen. */
  | {
      readonly type: 'choose';
      readonly version: number;
      readonly filter: PreviewFilter;
      readonly row: number;
    }
  | { readonly type: 'run' }
  /** Goes to a problem of the sweep file. */
  | { readonly type: 'problem'; readonly index: number };
