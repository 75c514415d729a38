import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MultirunError } from './errors.ts';
import { type Decision, decider, describeDecision } from './intent.ts';
import { type LaunchOptions, refuseTooMany, runnableOf, sweepPlanOf } from './launch.ts';
import { type LoadedSweepFile, loadSweepFile } from './loadSweepFile.ts';
import type { Plan } from './plan/plan.ts';
import type { ParamMap } from './run.ts';
import { runHash } from './runHash.ts';
import { type RunState, runAt } from './runTable.ts';
import { headerOf, originOf, writeHeader } from './sweepDirectory/createSweep.ts';
import type { SweepHeader } from './sweepDirectory/header.ts';
import { storeSharedInputs } from './sweepDirectory/inputs.ts';
import { revisionDirectory, sweepNames } from './sweepDirectory/layout.ts';
import { acquireLock } from './sweepDirectory/lock.ts';
import { completeProvenance, startProvenance } from './sweepDirectory/provenance.ts';
import { openSweep } from './sweepDirectory/readSweep.ts';
import { appendRuns, describeRuns } from './sweepDirectory/runsFile.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { openSweepWriter, type Recorded } from './sweepDirectory/sweepWriter.ts';
import { takeStock } from './sweepDirectory/takeStock.ts';
import { storeTemplates } from './sweepDirectory/templates.ts';
import { applyEvent, type SweepState } from './sweepState.ts';
import { continued } from './takeUp.ts';
import { unreachable } from './unreachable.ts';

/** What a changed sweep file means for the runs of a sweep. */
export interface Extension {
  /** Places in the changed plan whose runs the sweep does not have; they get the next ids, in this order. */
  readonly added: readonly number[];
  /** Runs that the changed plan has no more. */
  readonly removed: ReadonlySet<number>;
  /** The run of each place of the changed plan that the sweep has. */
  readonly kept: ReadonlyMap<number, number>;
}

const runsATurn = 1000;

/**
 * Reads a sweep file, the one that a sweep was made from or another, as it is to be applied to the sweep: with the seed that the
 * sweep has, so that what is left to chance stays the same.
 */
export function loadForSweep({ header }: SweepView, path: string, text?: string): Promise<LoadedSweepFile> {
  return loadSweepFile(path, text, header.seed === undefined ? {} : { seed: header.seed });
}

/**
 * Compares the plan of a changed sweep file with the runs of a sweep. Runs are known by the hash of their parameters; of several
 * with the same ones the first belongs to the first, and so on. Throws a MultirunError `invalid-sweep-file` for a file that
 * cannot be run.
 */
export async function compareWithFile(
  { state, params }: Pick<SweepView, 'state' | 'params'>,
  loaded: LoadedSweepFile,
): Promise<Extension> {
  const { plan } = runnableOf(loaded);
  refuseTooMany(loaded.path, plan);
  const known = new Map<string, number[]>();
  for (let run = state.total - 1; run >= 0; run--) {
    if (run % runsATurn === 0) await nextTurn();
    const hash = runHash(params(run));
    const runs = known.get(hash);
    if (runs) runs.push(run);
    else known.set(hash, [run]);
  }
  const added: number[] = [];
  const kept = new Map<number, number>();
  for (let index = 0; index < plan.size; index++) {
    if (index % runsATurn === 0) await nextTurn();
    const run = known.get(runHash(plan.at(index)))?.pop();
    if (run === undefined) added.push(index);
    else kept.set(index, run);
  }
  return { added, removed: new Set([...known.values()].flat()), kept };
}

/** What would become of a run when a changed sweep file is applied, and why. */
export interface ExplainedRun {
  readonly run: number;
  readonly params: ParamMap;
  /** Whether the changed file has the run: for the first time, once more, as before, or not at all. */
  readonly inFile: 'new' | 'again' | 'still' | 'removed';
  readonly decision: Decision;
}

const begins: Decision = { act: 'run', why: { kind: 'pending' } };

/** What becomes of each run that a sweep has or would have. `alsoFailed`: whether failed ones are to run once more. */
export function* explainExtension(
  view: Pick<SweepView, 'state' | 'params'>,
  plan: Plan,
  extension: Extension,
  alsoFailed: boolean,
): Generator<ExplainedRun> {
  const { state } = view;
  const opened = { ...state, phase: 'running', wanted: undefined } as const;
  const decideRemoved = decider({ kind: 'take-up' }, opened);
  const decide = alsoFailed ? decider({ kind: 'resume' }, opened) : decideRemoved;
  for (let run = 0; run < state.total; run++) {
    const params = view.params(run);
    const known = runAt(state.runs, run);
    if (extension.removed.has(run))
      yield { run, params, inFile: 'removed', decision: whenRemoved(known, decideRemoved(run)) };
    else if (isRemoved(known)) yield { run, params, inFile: 'again', decision: begins };
    else yield { run, params, inFile: 'still', decision: decide(run) };
  }
  for (const [index, place] of extension.added.entries())
    yield { run: state.total + index, params: plan.at(place), inFile: 'new', decision: begins };
}

function whenRemoved({ status }: RunState, decision: Decision): Decision {
  if (status === 'pending') return { act: 'leave', why: { kind: 'skipped', why: 'removed' } };
  return decision;
}

/** The same in a few words: "runs: new in the sweep file". */
export function describeExplained({ inFile, decision }: ExplainedRun): string {
  switch (inFile) {
    case 'new':
      return 'runs: new in the sweep file';
    case 'again':
      return 'runs: again in the sweep file';
    case 'still':
      return describeDecision(decision);
    case 'removed':
      return decision.act === 'leave' && decision.why.kind === 'skipped'
        ? 'skipped: no longer in the sweep file'
        : `${describeDecision(decision)}; no longer in the sweep file`;
    default:
      return unreachable(inFile);
  }
}

function isRemoved(run: RunState): boolean {
  return run.status === 'skipped' && run.why === 'removed';
}

/** How a changed sweep file is applied. */
export interface ExtendOptions extends LaunchOptions {
  /** As for `takeUpSweep`. */
  readonly takeOver?: boolean | undefined;
  /** Whether runs that have failed, and that the file still has, are to run once more. Default: no. */
  readonly alsoFailed?: boolean | undefined;
}

/**
 * Applies a changed sweep file to a sweep that nobody runs: new points become runs, points that are gone are skipped where
 * they have not begun, and all else stays as it is. Every version of the file is kept. Starts nothing: whoever takes the
 * sweep up goes on with all that is pending. Resolves to how many runs are new. Throws as `takeUpSweep` and
 * `launchSweepFile` do, and changes nothing then.
 */
export async function extendSweep(
  path: string,
  loaded: LoadedSweepFile,
  options: ExtendOptions = {},
): Promise<{ readonly added: number; readonly removed: number }> {
  const directory = resolve(path);
  const { plan } = runnableOf(loaded);
  const view = await openSweep(directory);
  const lock = await acquireLock(directory, { takeOver: options.takeOver });
  let isWritten = false;
  try {
    await view.refresh();
    const { header, recorded, params } = view;
    const stock = await takeStock({ sweepDirectory: directory, header, state: recorded, term: lock.term });
    const state = stock.reduce(applyEvent, recorded);
    const extension = await compareWithFile(view, loaded);
    const total = state.total + extension.added.length;
    const revision = await writeRevision({
      directory,
      header,
      state,
      loaded,
      plan,
      extension,
      params,
      options,
    });
    await appendRuns(
      join(directory, sweepNames.runs),
      state.total,
      extension.added.map((index) => plan.at(index)),
    );
    isWritten = true;
    const writer = openSweepWriter({
      directory,
      lock,
      header,
      state: recorded,
      params,
      maxParallel: recorded.openedAt === undefined ? header.runner.maxParallel : recorded.maxParallel,
      opening: { owner: recorded.owner, continues: true },
    });
    const events = [...stock, { type: 'sweep', reason: 'extended', total, revision } as const];
    for (const event of [
      ...events,
      ...changes(state, extension, options.alsoFailed === true),
      ...continued(recorded),
    ])
      writer.record(event);
    await writer.leave();
    return { added: extension.added.length, removed: extension.removed.size };
  } catch (error) {
    if (!isWritten) await lock.release();
    throw error;
  }
}

function changes(state: SweepState, { removed, kept }: Extension, alsoFailed: boolean): Recorded[] {
  const isPending = (run: number): boolean => runAt(state.runs, run).status === 'pending';
  const isWanted = (run: number): boolean => {
    const known = runAt(state.runs, run);
    return isRemoved(known) || (alsoFailed && known.status === 'failure');
  };
  return [
    ...[...removed].filter(isPending).map((run) => ({ type: 'skipped', run, why: 'removed' }) as const),
    ...[...kept.values()].filter(isWanted).map((run) => ({ type: 'requeued', run, why: 'asked' }) as const),
  ];
}

interface RevisionToWrite {
  readonly directory: string;
  readonly header: SweepHeader;
  readonly state: SweepState;
  readonly loaded: LoadedSweepFile;
  readonly plan: Plan;
  readonly extension: Extension;
  readonly params: (run: number) => ParamMap;
  readonly options: LaunchOptions;
}

/** Writes the new version of the sweep file with all that it needs; it counts once the journal says so. */
async function writeRevision(revised: RevisionToWrite): Promise<number> {
  const { directory, header, state, loaded, plan, extension, params, options } = revised;
  const sweepPlan = await sweepPlanOf(loaded, options);
  const revision = await makeRevisionDirectory(directory, state.revision + 1);
  const place = revisionDirectory(directory, revision);
  await storeSharedInputs(place, sweepPlan.inputs);
  await storeTemplates(place, sweepPlan.templates ?? []);
  await writeFile(join(place, sweepNames.sweepFile), loaded.text);
  const names = [...new Set([...plan.names, ...header.parameters])];
  const described = describeRuns(allRuns(state, params, plan, extension), names);
  const origin = originOf(sweepPlan);
  const provenance = await completeProvenance(place, startProvenance(origin), origin);
  const first = extension.added[0];
  const ids = (index: number): number[] => {
    const run = extension.kept.get(index);
    const isNew = first === undefined ? -1 : extension.added.indexOf(index);
    return run !== undefined ? [run] : isNew >= 0 ? [state.total + isNew] : [];
  };
  const { policy } = sweepPlan;
  await writeHeader(place, {
    ...headerOf(
      { ...sweepPlan, ...(policy ? { policy: { ...policy, canary: policy.canary.flatMap(ids) } } : {}) },
      { ...described, size: header.size },
      provenance,
    ),
    createdAt: header.createdAt,
  });
  return revision;
}

function* allRuns(
  state: SweepState,
  params: (run: number) => ParamMap,
  plan: Plan,
  { added }: Extension,
): Generator<ParamMap> {
  for (let run = 0; run < state.total; run++) yield params(run);
  for (const index of added) yield plan.at(index);
}

/** The next revision is the one after the last that counts; what is in its place is our own, and was broken off before it did. */
async function makeRevisionDirectory(directory: string, revision: number): Promise<number> {
  const place = revisionDirectory(directory, revision);
  const home = dirname(place);
  if ((await lstat(home).catch(() => undefined))?.isSymbolicLink()) {
    throw new MultirunError(
      'invalid-argument',
      `${home} is a link to somewhere else, and nothing of the sweep is written there; remove it`,
    );
  }
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  return revision;
}
