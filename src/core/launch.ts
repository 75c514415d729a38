import { basename, dirname, join, resolve } from 'node:path';
import { carrySweep } from './carrySweep.ts';
import { missingVariables } from './command/variables.ts';
import { MultirunError } from './errors.ts';
import type { LoadedSweepFile } from './loadSweepFile.ts';
import { type Plan, runsOf } from './plan/plan.ts';
import { PlanFailure } from './plan/planFailure.ts';
import { type PolicyDefaults, policyOf } from './policyOf.ts';
import type { ParamMap } from './run.ts';
import type { RunEnvironment } from './runner/runEnvironment.ts';
import { createRunner } from './runner/runnerTypes.ts';
import type { RunnerOptions } from './runnerOptions.ts';
import {
  type CreatedSweep,
  createSweep,
  localTimeName,
  type SweepPlan,
} from './sweepDirectory/createSweep.ts';
import { defaultRecordedVariables } from './sweepDirectory/provenance.ts';
import { maxParallelOf, type WrittenRunner } from './sweepFile/runnerSection.ts';
import type { SweepHandle } from './sweepHandle.ts';
import { plannedSweep } from './sweepState.ts';

/** What a launch may say otherwise than the sweep file. */
export interface LaunchOptions {
  readonly maxParallel?: number | undefined;
  /** The type of the runner. Default: as the sweep file says. */
  readonly on?: string | undefined;
  /** Options of runners, by their type, that hold where the sweep file does not say otherwise. Default: none. */
  readonly runnerDefaults?: Readonly<Record<string, RunnerOptions>> | undefined;
  /** A new directory; relative to the current directory. */
  readonly outputPath?: string | undefined;
  /** The environment that runs inherit. Default: this process's. */
  readonly env?: RunEnvironment | undefined;
  /** Variables of the environment to record besides those that the sweep file and Multirun itself name. */
  readonly recordEnv?: readonly string[] | undefined;
  /** What holds where the sweep file does not say otherwise. */
  readonly policy?: PolicyDefaults | undefined;
  /** On whose behalf it runs, as the journal shall say; asked once the directory is known. Default: nobody's. */
  readonly ownerOf?: ((directory: string) => string | undefined) | undefined;
}

/** A plan may be longer than any disk; each run takes a directory. */
const mostRuns = 1_000_000;

/** Creates the sweep directory and starts its runs. Throws a {@link MultirunError} when the file has errors or the directory is taken. */
export async function launchSweepFile(
  loaded: LoadedSweepFile,
  options: LaunchOptions = {},
): Promise<SweepHandle> {
  const { directory, header, completed } = await createSweepOf(loaded, options);
  const { plan } = runnableOf(loaded);
  return carrySweep(directory, () => ({
    header,
    state: plannedSweep(plan.size),
    params: (run) => plan.at(run),
    runner: createRunner({ ...header.runner, env: options.env }),
    opening: { owner: options.ownerOf?.(directory) },
    first: [],
    wanted: Array.from({ length: plan.size }, (_, run) => run),
    alongside: completed,
  }));
}

/** What a sweep file says that can be run. Throws a MultirunError `invalid-sweep-file` for any other. */
export function runnableOf({ path, runnable }: LoadedSweepFile): NonNullable<LoadedSweepFile['runnable']> {
  if (runnable) return runnable;
  throw new MultirunError('invalid-sweep-file', `${path} has errors and was not run; correct them first`);
}

/** Creates the sweep directory and starts nothing: whoever takes the sweep up runs it all. Throws as {@link launchSweepFile} does. */
export async function createSweepOf(
  loaded: LoadedSweepFile,
  options: LaunchOptions = {},
): Promise<CreatedSweep> {
  const { file } = runnableOf(loaded);
  const home = dirname(loaded.path);
  const given =
    options.outputPath === undefined
      ? file.outputPath && resolve(home, file.outputPath)
      : resolve(options.outputPath);
  return createSweep({
    ...(await sweepPlanOf(loaded, options)),
    output: given ? { path: given } : { base: join(home, 'multirun', file.name, localTimeName(new Date())) },
  });
}

/** Throws a MultirunError `invalid-sweep-file` for a plan of more runs than can be started. */
export function refuseTooMany(path: string, plan: Plan): void {
  if (plan.size > mostRuns) {
    throw new MultirunError(
      'invalid-sweep-file',
      `${path} plans ${plan.size} runs, and at most ${mostRuns} can be started at once; use fewer values`,
    );
  }
}

/** What a sweep directory holds of a sweep file. Throws a MultirunError `invalid-sweep-file` or `invalid-argument`. */
export async function sweepPlanOf(
  loaded: LoadedSweepFile,
  options: LaunchOptions,
): Promise<Omit<SweepPlan, 'output'>> {
  const { file, plan } = runnableOf(loaded);
  refuseTooMany(loaded.path, plan);
  const missing = missingVariables([...file.cmd, ...Object.values(file.env)], options.env ?? process.env);
  if (missing.length > 0) {
    throw new MultirunError(
      'invalid-argument',
      `${loaded.path} takes ${missing.map((name) => `\${envvar:${name}}`).join(', ')} from the environment, which lacks it; set it and start the sweep again`,
    );
  }
  const home = dirname(loaded.path);
  const runner = runnerOf(file.runner, options);
  const maxParallel = options.maxParallel ?? maxParallelOf({ ...file.runner, type: runner.type }, plan.size);
  // Whatever the runner does not take is told before there is a directory.
  createRunner({ ...runner, maxParallel, env: options.env });
  return {
    name: file.name,
    description: file.description,
    runs: soundRuns(loaded.path, plan),
    parameters: plan.names,
    seed: plan.seed,
    cmd: file.cmd,
    env: file.env,
    runEnvironment: options.env,
    recordedVariables: [...defaultRecordedVariables, ...file.recordEnv, ...(options.recordEnv ?? [])],
    policy: await policyOf(file.policy, options.policy, plan),
    maxParallel,
    runner,
    inputs: file.inputFiles.map(({ path, linkage, rename }) => ({
      path: resolve(home, path),
      linkage,
      name: rename ?? basename(path),
    })),
    debug: file.debug,
    problemMatchers: file.problemMatchers,
    templates: file.templateFiles.map(({ path, name, keepsUnknown }) => ({
      path: resolve(home, path),
      name,
      keepsUnknown,
    })),
    results: file.results,
    metric: file.metric,
    sweepFile: { path: loaded.path, content: loaded.text },
  };
}

/** What executes the runs. Options are those of one type: a sweep that is sent elsewhere leaves them behind. */
function runnerOf(
  written: WrittenRunner,
  { on, runnerDefaults = {} }: LaunchOptions,
): NonNullable<SweepPlan['runner']> {
  const type = on ?? written.type;
  const own = type === written.type ? written.options : {};
  return { type, options: { ...runnerDefaults[type], ...own } };
}

/** The runs of a plan; an expression that fails for a late one is a problem of the sweep file all the same. */
export function* soundRuns(path: string, plan: Plan): Generator<ParamMap> {
  try {
    yield* runsOf(plan);
  } catch (error) {
    if (!(error instanceof PlanFailure)) throw error;
    throw new MultirunError('invalid-sweep-file', `${path}: ${error.message}; nothing was started`);
  }
}
