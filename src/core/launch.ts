import { basename, dirname, join, resolve } from 'node:path';
import { carrySweep } from './carrySweep.ts';
import { missingVariables } from './command/variables.ts';
import { MultirunError } from './errors.ts';
import type { LoadedSweepFile } from './loadSweepFile.ts';
import { type Plan, runsOf } from './plan/plan.ts';
import { PlanFailure } from './plan/planFailure.ts';
import { type PolicyDefaults, policyOf } from './policyOf.ts';
import type { ParamMap } from './run.ts';
import { ParallelLocalRunner } from './runner/parallelLocalRunner.ts';
import type { RunEnvironment } from './runner/runEnvironment.ts';
import { createSweep, localTimeName } from './sweepDirectory/createSweep.ts';
import type { SweepHandle } from './sweepHandle.ts';
import { plannedSweep } from './sweepState.ts';

/** What a launch may say otherwise than the sweep file. */
export interface LaunchOptions {
  readonly maxParallel?: number | undefined;
  /** A new directory; relative to the current directory. */
  readonly outputPath?: string | undefined;
  /** The environment that runs inherit. Default: this process's. */
  readonly env?: RunEnvironment | undefined;
  /** What holds where the sweep file does not say otherwise. */
  readonly policy?: PolicyDefaults | undefined;
}

/** A plan may be longer than any disk; each run takes a directory. */
const mostRuns = 1_000_000;

/** Creates the sweep directory and starts its runs. Throws a {@link MultirunError} when the file has errors or the directory is taken. */
export async function launchSweepFile(
  loaded: LoadedSweepFile,
  options: LaunchOptions = {},
): Promise<SweepHandle> {
  if (!loaded.runnable) {
    throw new MultirunError(
      'invalid-sweep-file',
      `${loaded.path} has errors and was not run; correct them first`,
    );
  }
  const { file, plan } = loaded.runnable;
  if (plan.size > mostRuns) {
    throw new MultirunError(
      'invalid-sweep-file',
      `${loaded.path} plans ${plan.size} runs, and at most ${mostRuns} can be started at once; use fewer values`,
    );
  }
  const runner = new ParallelLocalRunner({
    maxParallel: options.maxParallel ?? file.runner.maxParallel,
    env: options.env,
  });
  const missing = missingVariables([...file.cmd, ...Object.values(file.env)], options.env ?? process.env);
  if (missing.length > 0) {
    throw new MultirunError(
      'invalid-argument',
      `${loaded.path} takes ${missing.map((name) => `\${envvar:${name}}`).join(', ')} from the environment, which lacks it; set it and start the sweep again`,
    );
  }
  const home = dirname(loaded.path);
  const given =
    options.outputPath === undefined
      ? file.outputPath && resolve(home, file.outputPath)
      : resolve(options.outputPath);
  const sweep = await createSweep({
    name: file.name,
    description: file.description,
    runs: soundRuns(loaded.path, plan),
    parameters: plan.names,
    seed: plan.seed,
    cmd: file.cmd,
    env: file.env,
    policy: await policyOf(file.policy, options.policy, plan),
    maxParallel: runner.maxParallel,
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
    output: given ? { path: given } : { base: join(home, 'multirun', file.name, localTimeName(new Date())) },
  });
  return carrySweep(sweep.directory, () => ({
    header: sweep.header,
    state: plannedSweep(plan.size),
    params: (run) => plan.at(run),
    runner,
    first: [],
    wanted: Array.from({ length: plan.size }, (_, run) => run),
  }));
}

/** The runs of a plan; an expression that fails for a late one is a problem of the sweep file all the same. */
function* soundRuns(path: string, plan: Plan): Generator<ParamMap> {
  try {
    yield* runsOf(plan);
  } catch (error) {
    if (!(error instanceof PlanFailure)) throw error;
    throw new MultirunError('invalid-sweep-file', `${path}: ${error.message}; nothing was started`);
  }
}
