import { join } from 'node:path';
import { expandCommand } from '../../core/command/expandCommand.ts';
import { estimateSweep } from '../../core/estimate.ts';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import { PlanFailure } from '../../core/plan/planFailure.ts';
import type { ParamMap } from '../../core/run.ts';
import { commandLine } from '../../core/runner/commandLine.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import { maxParallelOf } from '../../core/sweepFile/runnerSection.ts';
import type { SweepState } from '../../core/sweepState.ts';
import { messageOf } from '../text/messageOf.ts';
import { type Comparison, compareRuns, type KnownRuns, knownRuns, mostCompared } from './comparison.ts';
import { describePlan, type PastSweep, previewTexts } from './describe.ts';
import { exclusionReason, type PreviewRuns, paramsAt, rowsOf, sizeOf } from './pages.ts';
import type { FromPreview, PreviewPage, PreviewPlan, ToPreview } from './protocol.ts';

/** The last sweep of a file. */
export interface LastSweep {
  readonly directory: string;
  /** When it was launched, in words. */
  readonly when: string;
  readonly runs: NonNullable<PreviewRuns['past']>;
}

/** What a preview shows. */
export interface PreviewContent {
  /** What the page needs to be found again after a reload: the address of the sweep file. */
  readonly source: string;
  readonly loaded: LoadedSweepFile;
  readonly last: LastSweep | undefined;
  /** The states of all earlier sweeps of the file, newest first. */
  readonly earlier: readonly SweepState[];
  /** How many runs may go on at the same time, where the file wants so many. */
  readonly allowedParallel: (wanted: number) => number;
  readonly isTrusted: boolean;
  readonly locale: string;
}

/** A page that shows the plan of a sweep file while it changes. */
export interface PreviewController {
  /**
   * Shows a plan; while the file has errors, the one before stays with the problems above it. Resolves when all is told:
   * another call ends this one early.
   */
  show(content: PreviewContent): Promise<void>;
  /** Answers what the page asks for. */
  receive(message: Extract<FromPreview, { type: 'ready' | 'look' | 'choose' }>): void;
  /** What the page was told last. */
  plan(): PreviewPlan | undefined;
  /** Ends what is being done. */
  stop(): void;
}

type Runnable = NonNullable<LoadedSweepFile['runnable']>;

/** So many rows are sent before the page has told what is in view. */
const firstRows = 60;
/** A comparison that takes longer follows the plan, instead of coming with it. In ms. */
const patience = 40;

/** Makes the controller of a page. `post` tells the page something; `breathe` lets others have their turn. */
export function createPreviewController(
  post: (message: ToPreview) => void,
  breathe: () => Promise<void>,
): PreviewController {
  let content: PreviewContent | undefined;
  let shown:
    | { readonly loaded: LoadedSweepFile; readonly runs: PreviewRuns; readonly past: PastSweep }
    | undefined;
  let told: PreviewPlan | undefined;
  let view = { filter: 'all' as PreviewPage['filter'], first: 0, count: firstRows };
  let known: { readonly directory: string; readonly runs: Promise<KnownRuns> } | undefined;
  let turn = 0;

  const page = (): PreviewPage | undefined => {
    if (shown === undefined) return undefined;
    const { runs } = shown;
    // What a filter showed may be gone with what was typed.
    const filter = sizeOf(runs, view.filter) > 0 ? view.filter : 'all';
    const first = Math.max(0, Math.min(view.first, sizeOf(runs, filter) - view.count));
    return { version: told?.version ?? 0, filter, first, rows: rowsOf(runs, filter, first, view.count) };
  };

  const tell = () => {
    if (content === undefined) return;
    const size = shown?.runs.plan.size ?? 1;
    const runner = shown?.loaded.runnable?.file.runner;
    const maxParallel = content.allowedParallel(runner ? maxParallelOf(runner, size) : 1);
    told = describePlan({
      version: (told?.version ?? 0) + 1,
      runs: shown?.runs,
      past: shown?.past ?? { kind: 'none' },
      maxParallel,
      estimate: estimateSweep(content.earlier, { size, maxParallel }),
      diagnostics: content.loaded.diagnostics,
      isTrusted: content.isTrusted,
      locale: content.locale,
    });
    post({ type: 'plan', source: content.source, texts: previewTexts(), plan: told, page: page() });
  };

  const knownRunsOf = (last: LastSweep): Promise<KnownRuns> => {
    if (known?.directory !== last.directory) {
      known = { directory: last.directory, runs: knownRuns(last.runs, breathe) };
      known.runs.catch(() => {
        known = undefined;
      });
    }
    return known.runs;
  };

  return {
    plan: () => told,
    stop: () => {
      turn++;
    },
    show: async (next) => {
      const mine = ++turn;
      content = next;
      const { loaded, last } = next;
      if (loaded.runnable === undefined) return tell();
      const runs = previewRuns(loaded.runnable, last);
      const past = pastOf(loaded.runnable, last);
      shown = { loaded, runs, past };
      if (past.kind !== 'sweep' || last === undefined) return tell();
      const early = setTimeout(tell, patience);
      let comparison: Comparison | undefined;
      try {
        const before = await knownRunsOf(last);
        if (mine === turn) {
          comparison = await compareRuns(runs.plan, before, async () => {
            await breathe();
            return mine === turn;
          });
        }
      } finally {
        clearTimeout(early);
      }
      if (comparison === undefined || mine !== turn) return;
      shown = { loaded, runs: { ...runs, comparison }, past };
      tell();
    },
    receive: (message) => {
      if (message.type === 'ready') return tell();
      if (message.type === 'look') {
        view = message;
        const rows = page();
        if (rows !== undefined) post({ type: 'page', page: rows });
        return;
      }
      const { version, filter, row } = message;
      const params = shown && paramsAt(shown.runs, filter, row);
      if (version !== told?.version || shown === undefined || params === undefined) return;
      post({ type: 'command', version, filter, row, text: commandText(shown.loaded, params) });
    },
  };
}

/** The runs of a plan; a run whose expressions fail has no parameters, and says why in its row. */
function previewRuns({ plan, file }: Runnable, last: LastSweep | undefined): PreviewRuns {
  const { exclude } = file.space.block;
  return {
    plan: {
      size: plan.size,
      names: plan.names,
      at: (run) =>
        orFailure(
          () => plan.at(run),
          () => ({}),
        ),
      failure: (run) => orFailure(() => void plan.at(run), messageOf),
    },
    excluded: {
      size: plan.excluded.size,
      at: (index) => {
        const { params, rule } = plan.excluded.at(index);
        return { params, reason: exclusionReason(rule === undefined ? undefined : exclude[rule]) };
      },
    },
    past: last?.runs,
    comparison: undefined,
  };
}

function orFailure<Result>(look: () => Result, otherwise: (failure: PlanFailure) => Result): Result {
  try {
    return look();
  } catch (error) {
    if (error instanceof PlanFailure) return otherwise(error);
    throw error;
  }
}

function pastOf({ plan, file }: Runnable, last: LastSweep | undefined): PastSweep {
  if (plan.seed !== undefined && file.space.seed === undefined) return { kind: 'unseeded' };
  if (last === undefined) return { kind: 'none' };
  if (Math.max(plan.size, last.runs.size) > mostCompared) return { kind: 'too-large' };
  return { kind: 'sweep', when: last.when };
}

/** The command line of a run, or why it has none. */
function commandText({ runnable }: LoadedSweepFile, params: ParamMap): string {
  if (runnable === undefined) return '';
  try {
    // A run directory has a name only once there is a sweep.
    const paramsFile = join('…', runNames.params);
    return commandLine(expandCommand(runnable.file.cmd, { params, paramsFile, environment: process.env }));
  } catch (error) {
    return messageOf(error);
  }
}
