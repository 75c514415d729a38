import { basename, join, resolve } from 'node:path';
import { carrySweep } from './carrySweep.ts';
import { namesInWord } from './command/macros.ts';
import { MultirunError } from './errors.ts';
import { FileResource } from './fileResource.ts';
import {
  type InputPlaces,
  inputPlaces,
  reservedNameIn,
  staysInside,
  tidyRelativePath,
} from './inputNames.ts';
import { paramAt } from './params.ts';
import { type Policy, plainPolicy } from './policy.ts';
import type { ParamMap } from './run.ts';
import type { AbstractRunner } from './runner/abstractRunner.ts';
import { ParallelLocalRunner } from './runner/parallelLocalRunner.ts';
import { createSweep, localTimeName } from './sweepDirectory/createSweep.ts';
import type { SweepHandle } from './sweepHandle.ts';
import { plannedSweep, type SweepState } from './sweepState.ts';
import { templateNames } from './template.ts';

/** What {@link multirun} takes. */
export interface MultirunOptions {
  /** The parameters of each run. */
  readonly runs: Iterable<ParamMap>;
  /**
   * The argument vector; `${name}` in a word takes a parameter of that name, `${{` is a literal `${`. Formats and macros
   * are those of a sweep file's `cmd`.
   */
  readonly cmd: readonly string[];
  /** A new directory. Default: `multirun-<local time>` in the current directory. */
  readonly outputPath?: string | undefined;
  /** What every run finds in its run directory. A plain path is a {@link FileResource} with the linkage `shared`. */
  readonly inputFiles?: InputFiles | undefined;
  /** Default: a {@link ParallelLocalRunner}. */
  readonly runner?: AbstractRunner | undefined;
  /** Default: the output directory's name. */
  readonly name?: string | undefined;
  /** Added to the environment of each run; values take parameters as `cmd` does. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** How long a run may take, in ms. Default: as long as it likes. */
  readonly timeoutMs?: number | undefined;
  /** What else happens to runs while the sweep is carried. Default: {@link plainPolicy}. */
  readonly policy?: Partial<Policy> | undefined;
}

type InputFile = FileResource | string | URL;
/** One input file or several. */
export type InputFiles = InputFile | Iterable<InputFile>;

/**
 * Runs a command with varying parameters in distinct directories. Resolves when all runs have ended, however they
 * ended. Rejects with a MultirunError: `output-exists`, `missing-input`, `invalid-argument`, or `not-recorded`.
 */
export async function multirun(options: MultirunOptions): Promise<SweepState> {
  return (await multirunAsync(options)).finished;
}

/** The same as {@link multirun}, but resolves to the started sweep as soon as its runs are planned. */
export async function multirunAsync(options: MultirunOptions): Promise<SweepHandle> {
  const runs = [...options.runs];
  const runner = options.runner ?? new ParallelLocalRunner();
  checkCommand(options, runs);
  const output =
    options.outputPath === undefined
      ? { base: join(process.cwd(), `multirun-${localTimeName(new Date())}`) }
      : { path: resolve(options.outputPath) };
  const places = inputPlaces<string>();
  const inputs = listInputs(options.inputFiles).map((resource) => ({
    path: resolve(resource.path),
    linkage: resource.linkage,
    name: checkInputName(resource.name, places),
  }));
  const sweep = await createSweep({
    name: options.name ?? basename('path' in output ? output.path : output.base),
    runs,
    cmd: options.cmd,
    env: options.env ?? {},
    policy: {
      ...plainPolicy,
      ...(options.timeoutMs === undefined ? {} : { timeout: { ms: options.timeoutMs } }),
      ...options.policy,
    },
    maxParallel: runner.maxParallel,
    inputs,
    sweepFile: undefined,
    output,
  });
  return carrySweep(sweep.directory, () => ({
    header: sweep.header,
    state: plannedSweep(runs.length),
    params: (run) => runs[run] ?? {},
    runner,
    first: [],
    wanted: runs.keys(),
    alongside: sweep.completed,
  }));
}

function checkCommand({ cmd, env = {} }: MultirunOptions, runs: readonly ParamMap[]): void {
  if (cmd.length === 0 || cmd[0] === '')
    throw new MultirunError('invalid-argument', 'cmd is empty; its first word is the program to run');
  const names = [...cmd.flatMap(namesInWord), ...Object.values(env).flatMap(templateNames)];
  for (const params of runs) {
    const missing = names.find((name) => paramAt(params, name) === undefined);
    if (missing !== undefined) {
      throw new MultirunError(
        'invalid-argument',
        `\${${missing}} in cmd or env names no parameter of the run ${JSON.stringify(params)}`,
      );
    }
  }
}

function listInputs(files: InputFiles | undefined): FileResource[] {
  if (files === undefined) return [];
  const list =
    typeof files === 'string' || files instanceof URL || files instanceof FileResource ? [files] : [...files];
  return list.map((file) => (file instanceof FileResource ? file : new FileResource({ path: file })));
}

/** The tidy form of an input's name. Throws for one that cannot stand in a run directory. */
function checkInputName(name: string, places: InputPlaces<string>): string {
  const tidy = tidyRelativePath(name);
  const refuse = (problem: string): never => {
    throw new MultirunError('invalid-argument', `the input name ${JSON.stringify(name)} ${problem}`);
  };
  if (!staysInside(tidy)) refuse('leaves the run directory; choose a relative path inside it');
  if (reservedNameIn(tidy) !== undefined)
    refuse('is one that each run directory uses itself; rename the input');
  const other = places.take(tidy, name);
  if (other !== undefined)
    refuse(`is in the place of the input ${JSON.stringify(other)}; rename one of them`);
  return tidy;
}
