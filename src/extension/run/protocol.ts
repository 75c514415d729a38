import type { LogName } from '../../core/failures/problem.ts';
import type { RunStatus } from '../../core/run.ts';

/** A name and a value as a person reads them. */
export interface Entry {
  readonly name: string;
  readonly value: string;
}

/** What a person can do on the page, by the names of commands. */
export type PageAction =
  | 'openStdout'
  | 'openStderr'
  | 'openRunResults'
  | 'openParams'
  | 'runAgain'
  | 'cancelRun'
  | 'debugRun'
  | 'runInTerminal'
  | 'revealInExplorer'
  | 'copyCommandLine'
  | 'showSweep';

/** A button of the page. */
export interface ActionButton {
  readonly action: PageAction;
  readonly title: string;
}

/** What a run says of its failure, and who else says so. */
export interface PageError {
  readonly title: string;
  /** Innermost first; those that lead to a file of the person. */
  readonly places: readonly { readonly text: string; readonly file: string; readonly line: number }[];
  /** "5 of 300 runs fail so: all 5 have dispersion = 2"; empty until it is known. */
  readonly cluster: string;
}

/** An earlier attempt of the run. */
export interface EarlierAttempt {
  readonly title: string;
  /** How it ended. */
  readonly outcome: string;
  /** Its logs: names to show, and paths relative to the run directory. */
  readonly logs: readonly { readonly title: string; readonly file: string }[];
}

/** Everything on the page but its files and logs. Texts are in the person's language, and anybody's: none is markup. */
export interface RunPage {
  readonly sweep: string;
  readonly label: string;
  readonly status: RunStatus;
  readonly statusText: string;
  /** Why it has its status; empty where the status says it. */
  readonly reason: string;
  /** How long, and which attempt. */
  readonly summary: string;
  readonly error: PageError | undefined;
  /** Those that differ within the sweep, and those that all runs have. */
  readonly varying: readonly Entry[];
  readonly common: readonly Entry[];
  readonly results: readonly Entry[];
  /** Stands where there are no results. */
  readonly noResults: string;
  readonly times: readonly Entry[];
  readonly attempts: readonly EarlierAttempt[];
  readonly commandLine: string;
  readonly environment: readonly Entry[];
  readonly actions: readonly ActionButton[];
}

/** A file of the run directory. */
export interface RunFile {
  /** Path relative to the run directory, with "/". */
  readonly name: string;
  readonly kind: 'file' | 'image' | 'input' | 'folder';
  /** "12.3 kB"; empty for a folder. */
  readonly size: string;
}

/** The page's own words. */
export interface RunTexts {
  readonly run: string;
  readonly parameters: string;
  readonly common: string;
  readonly noParameters: string;
  readonly results: string;
  readonly times: string;
  readonly attempts: string;
  readonly command: string;
  readonly copy: string;
  readonly copied: string;
  readonly environment: string;
  readonly files: string;
  readonly images: string;
  readonly open: string;
  readonly emptyLog: string;
  readonly cut: string;
  readonly moreFiles: string;
}

/** What the extension tells the page. */
export type ToRunPage =
  | {
      readonly type: 'page';
      /** What the page must know to be shown again after a reload. */
      readonly key: { readonly directory: string; readonly run: number; readonly isKept: boolean };
      readonly texts: RunTexts;
      readonly page: RunPage;
    }
  | {
      readonly type: 'files';
      readonly files: readonly RunFile[];
      /** Whether there are more than are listed. */
      readonly isCut: boolean;
      readonly images: readonly { readonly name: string; readonly address: string }[];
    }
  | {
      readonly type: 'log';
      readonly log: LogName;
      /** `begin` replaces what is shown. */
      readonly how: 'begin' | 'append';
      readonly text: string;
      /** Whether the log has more before the text. */
      readonly isCut: boolean;
      readonly size: string;
    };

/** What the page tells the extension. */
export type FromRunPage =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: PageAction }
  | { readonly type: 'open-file'; readonly name: string }
  | {
      readonly type: 'open-place';
      readonly file: string;
      readonly line: number | undefined;
      readonly column: number | undefined;
    };
