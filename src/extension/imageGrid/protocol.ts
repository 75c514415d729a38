import type { Cell } from '../../core/resultsTable/cell.ts';
import type { RunStatus } from '../../core/run.ts';

/** The page's own words; `{0}` and `{1}` stand for numbers or names. */
export interface ImageGridTexts {
  readonly image: string;
  readonly rows: string;
  readonly columns: string;
  readonly size: string;
  readonly none: string;
  /** "{0} of {1} runs have it". */
  readonly have: string;
  readonly noImages: string;
  readonly looking: string;
  readonly run: string;
  readonly noImage: string;
  readonly noRun: string;
  readonly previous: string;
  readonly next: string;
  readonly range: string;
  readonly missing: string;
  readonly onlyFirst: string;
}

/** An image file, by its path relative to the run directory, and how many runs have it. */
export interface ImageFile {
  readonly name: string;
  readonly count: number;
}

/** A run as the grid shows it. */
export interface GridRun {
  readonly run: number;
  readonly label: string;
  readonly status: RunStatus;
  /** The values of the parameters, in their order; undefined where the run lacks one. */
  readonly values: readonly Cell[];
  /** Where the page can load the chosen image from; undefined where the run has none. */
  readonly address: string | undefined;
}

/** To the page. */
export type ToImageGrid =
  | {
      readonly type: 'sweep';
      readonly directory: string;
      readonly name: string;
      readonly texts: ImageGridTexts;
    }
  /** All that is shown, each time. */
  | {
      readonly type: 'images';
      /** The images that runs have: those of the most runs first. */
      readonly files: readonly ImageFile[];
      /** The one that is shown; undefined where there is none. */
      readonly chosen: string | undefined;
      /** Names of the parameters that differ between runs. */
      readonly parameters: readonly string[];
      readonly runs: readonly GridRun[];
      /** How many more runs there are than are shown. */
      readonly leftOut: number;
    };

/** From the page. */
export type FromImageGrid =
  /** `file` is the image that was shown before a reload. */
  | { readonly type: 'ready'; readonly file: string | undefined }
  | { readonly type: 'choose'; readonly file: string }
  | { readonly type: 'open-run'; readonly run: number };
