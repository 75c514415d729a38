import { basename, join, resolve } from 'node:path';
import { carrySweep } from './carrySweep.ts';
import { MultirunError } from './errors.ts';
import { FileResource } from './fileResource.ts';
import { inputNameKey, inputNameProblem } from './inputName.ts';
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
  /** The argument vector; `${name}` in a word takes a parameter of that name, `${{` is a literal `${`. */
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
  const inputs = listInputs(options.inputFiles).map((resource) => ({
    path: resolve(resource.path),
    linkage: resource.linkage,
    name: resource.name,
  }));
  checkInputNames(inputs.map(({ name }) => name));
  const sweep = await createSweep({
    name: options.name ?? basename('path' in output ? output.path : output.base),
    runs,
    cmd: options.cmd,
    env: options.env ?? {},
    timeoutMs: options.timeoutMs,
    maxParallel: runner.maxParallel,
    inputs,
    sweepFile: undefined,
    output,
  });
  return carrySweep({
    sweep,
    state: plannedSweep(runs.length),
    params: (run) => runs[run] ?? {},
    runner,
    first: [],
    wanted: runs.keys(),
  });
}

function checkCommand({ cmd, env = {} }: MultirunOptions, runs: readonly ParamMap[]): void {
  if (cmd.length === 0 || cmd[0] === '')
    throw new MultirunError('invalid-argument', 'cmd is empty; its first word is the program to run');
  const names = [...cmd, ...Object.values(env)].flatMap(templateNames);
  for (const params of runs) {
    const missing = names.find((name) => !Object.hasOwn(params, name));
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

function checkInputNames(names: readonly string[]): void {
  const taken = new Set<string>();
  for (const name of names) {
    const problem = inputNameProblem(name);
    if (problem === 'outside')
      throw new MultirunError(
        'invalid-argument',
        `the input name ${JSON.stringify(name)} leaves the run directory; choose a relative path inside it`,
      );
    if (problem === 'reserved')
      throw new MultirunError(
        'invalid-argument',
        `the input name ${JSON.stringify(name)} is one of Multirun's own in a run directory; rename it`,
      );
    const key = inputNameKey(name);
    if (taken.has(key))
      throw new MultirunError(
        'invalid-argument',
        `two input files are called ${JSON.stringify(name)} in the run directory; rename one of them`,
      );
    taken.add(key);
  }
}
