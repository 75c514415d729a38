/** What a click on a row or a heading does. */
export type CompareAction =
  | { readonly kind: 'open-run'; readonly directory: string; readonly run: number }
  | { readonly kind: 'compare-runs'; readonly before: number; readonly after: number }
  | { readonly kind: 'diff'; readonly name: string };

/** A cell of a table: text, and what it leads to. */
export interface CompareCell {
  readonly text: string;
  readonly action?: CompareAction | undefined;
  readonly look?: 'changed' | 'muted' | undefined;
}

/** A table of the page. */
export interface CompareTable {
  readonly title: string;
  /** Stands below the title, or in place of a table without rows. */
  readonly note: string;
  readonly header: readonly CompareCell[];
  readonly rows: readonly { readonly cells: readonly CompareCell[]; readonly isSame: boolean }[];
}

/** Everything on the page. Texts are in the person's language, and anybody's: none is markup. */
export interface ComparePage {
  readonly title: string;
  readonly subtitle: string;
  /** The label of the box that shows what is the same; empty where nothing is hidden. */
  readonly showSame: string;
  /** The label of the box that takes times, process ids and paths out of files that are compared; empty without files. */
  readonly normalise: string;
  readonly tables: readonly CompareTable[];
}

/** What the extension tells the page. */
export interface ToComparePage {
  readonly type: 'page';
  readonly page: ComparePage;
}

/** What the page tells the extension. */
export type FromComparePage =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: CompareAction; readonly isNormalised: boolean };
