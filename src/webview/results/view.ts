import type { FromResults, ResultsTexts, RunAction, ToResults } from '../../extension/results/protocol.ts';
import type { Change, ResultsStore } from './store.ts';

/** One way to look at the runs: a tab of the page. */
export interface ResultsView {
  /** Names its tab, and what is remembered of it. */
  readonly id: string;
  title(texts: ResultsTexts): string;
  /** Makes it, when it is opened for the first time. */
  create(context: ViewContext): OpenView;
}

/** What a view is made from. */
export interface ViewContext {
  readonly store: ResultsStore;
  readonly texts: ResultsTexts;
  /** Whether runs may be run again. */
  readonly isTrusted: boolean;
  /** The directories of the sweeps, in their order. */
  readonly directories: readonly string[];
  /** The names of the parameters that tell repetitions of a point apart; none where nothing is repeated. */
  readonly repetition: ReadonlySet<string>;
  post(message: FromResults): void;
  /** Does something with the runs of rows. */
  act(action: RunAction, rows: Iterable<number>): void;
  /** Brings another view to the front, by its id. */
  show(view: string): void;
  /** What the view last remembered, also before the window was reloaded; undefined where it never did. */
  recall(): unknown;
  /** Keeps plain data for {@link recall}. */
  remember(state: unknown): void;
}

/** A view that was opened. */
export interface OpenView {
  /** What fills the page below its bar. */
  readonly element: HTMLElement;
  /** Its own controls, at the end of the bar. */
  readonly tools?: readonly HTMLElement[];
  /** Shows what has changed; called at most once a frame, only while the view is in front, and when it comes to the front. */
  refresh(changes: ReadonlySet<Change>): void;
  /** Hears what the extension tells, from when it was opened on. */
  receive?(message: ToResults): void;
}
