import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MultirunError, systemCode } from '../errors.ts';
import { samplingLibraries } from '../plan/sampling/libraries.ts';
import { type Policy, plainPolicy } from '../policy.ts';
import type { ParamMap } from '../run.ts';
import type { SweepHeader } from './header.ts';
import { type Input, storeSharedInputs } from './inputs.ts';
import { formatVersion, sweepNames } from './layout.ts';
import { completeProvenance, defaultRecordedVariables, type Origin, startProvenance } from './provenance.ts';
import { type WrittenRuns, writeRuns } from './runsFile.ts';
import { storeTemplates } from './templates.ts';

/** What {@link createSweep} needs; paths of inputs are absolute. */
export interface SweepPlan {
  readonly name: string;
  readonly description?: string | undefined;
  readonly runs: Iterable<ParamMap>;
  /** Dotted names of all parameters, in the order in which they are shown. Default: as the runs have them. */
  readonly parameters?: readonly string[] | undefined;
  /** Where random choices of the plan come from; undefined when nothing was left to chance. */
  readonly seed?: number | undefined;
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The environment that runs inherit, of which `recordedVariables` are recorded. Default: this process's. */
  readonly runEnvironment?: NodeJS.ProcessEnv | undefined;
  /** Default: {@link defaultRecordedVariables}. */
  readonly recordedVariables?: readonly string[] | undefined;
  /** Default: {@link plainPolicy}. */
  readonly policy?: Policy | undefined;
  readonly maxParallel: number;
  /** What executes the runs. Default: the local runner. */
  readonly runner?: Pick<SweepHeader['runner'], 'type' | 'options'> | undefined;
  readonly inputs: readonly Input[];
  /** Paths are absolute. Default: none. */
  readonly templates?: SweepHeader['templates'] | undefined;
  /** Default: programs hand their results over themselves. */
  readonly results?: SweepHeader['results'] | undefined;
  readonly metric?: SweepHeader['metric'] | undefined;
  /** The launch configuration that debugs a run. Default: one that suits the command. */
  readonly debug?: string | undefined;
  /** Default: none. */
  readonly problemMatchers?: readonly string[] | undefined;
  /** The sweep file, where there is one: its absolute path and its content as launched. */
  readonly sweepFile: { readonly path: string; readonly content: string } | undefined;
  /** An absolute path: as a `path` it has to be new, as a `base` it gets a suffix until it is. */
  readonly output: { readonly path: string } | { readonly base: string };
}

/** A sweep directory in which nothing has run yet. */
export interface CreatedSweep {
  readonly directory: string;
  readonly header: SweepHeader;
  /** Resolves when the provenance is complete, which nothing has to wait for. Never rejects: what cannot be told is not claimed. */
  readonly completed: Promise<void>;
}

/**
 * Creates a sweep directory. It is complete when its `sweep.json` appears. Throws a MultirunError (`output-exists`,
 * `missing-input`) and leaves nothing behind when it cannot.
 */
export async function createSweep(plan: SweepPlan): Promise<CreatedSweep> {
  const directory = await createDirectory(plan.output);
  try {
    const origin = originOf(plan);
    await mkdir(join(directory, sweepNames.runDirectories));
    await storeSharedInputs(directory, plan.inputs);
    await storeTemplates(directory, plan.templates ?? []);
    if (plan.sweepFile) await writeFile(join(directory, sweepNames.sweepFile), plan.sweepFile.content);
    const written = await writeRuns(join(directory, sweepNames.runs), plan.runs, plan.parameters);
    const header = headerOf(plan, written, startProvenance(origin));
    await writeHeader(directory, header);
    return { directory, header, completed: complete(directory, header, origin) };
  } catch (error) {
    // It is ours alone, made a moment ago, and nothing has run in it.
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** What the header of a sweep says of a plan. */
export function headerOf(
  plan: Omit<SweepPlan, 'output' | 'runs'>,
  { size, parameters, varying }: WrittenRuns,
  provenance: SweepHeader['provenance'],
): SweepHeader {
  return {
    formatVersion,
    name: plan.name,
    description: plan.description ?? null,
    size,
    parameters,
    varying,
    ...(plan.seed === undefined ? {} : { seed: plan.seed, plannedWith: samplingLibraries }),
    cmd: [...plan.cmd],
    env: { ...plan.env },
    policy: plan.policy ?? plainPolicy,
    runner: { type: 'local', options: {}, ...plan.runner, maxParallel: plan.maxParallel },
    inputs: [...plan.inputs],
    templates: [...(plan.templates ?? [])],
    results: plan.results ?? null,
    metric: plan.metric ?? null,
    debug: plan.debug ?? null,
    problemMatchers: [...(plan.problemMatchers ?? [])],
    sweepFile: plan.sweepFile?.path ?? null,
    createdAt: new Date().toISOString(),
    provenance,
  };
}

/** Where a plan comes from. */
export function originOf(plan: Omit<SweepPlan, 'output' | 'runs'>): Origin {
  return {
    home: plan.sweepFile ? dirname(plan.sweepFile.path) : process.cwd(),
    cmd: plan.cmd,
    env: plan.runEnvironment ?? process.env,
    variables: plan.recordedVariables ?? defaultRecordedVariables,
  };
}

async function complete(directory: string, header: SweepHeader, origin: Origin): Promise<void> {
  try {
    const provenance = await completeProvenance(directory, header.provenance, origin);
    await writeHeader(directory, { ...header, provenance });
  } catch {
    // The directory is gone, or the disk is full: the sweep itself meets that too, and says so.
  }
}

/** Writes the header of a sweep, or of a revision of one: it appears whole or not at all. */
export async function writeHeader(directory: string, header: SweepHeader): Promise<void> {
  await writeWhole(join(directory, sweepNames.header), `${JSON.stringify(header, undefined, 2)}\n`);
}

async function createDirectory(output: SweepPlan['output']): Promise<string> {
  const wanted = resolve('path' in output ? output.path : output.base);
  await mkdir(dirname(wanted), { recursive: true });
  for (let suffix = 1; ; suffix++) {
    const directory = suffix === 1 ? wanted : `${wanted}-${suffix}`;
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      if ('path' in output) {
        throw new MultirunError(
          'output-exists',
          `${directory} exists already; choose an output path that does not, so that nothing is overwritten`,
        );
      }
    }
  }
}

/** A file that appears whole or not at all. */
async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  await writeFile(temporary, content, { flag: 'wx' });
  await rename(temporary, path);
}

/** The local time as directories carry it: "2026-11-22_22-44-44". */
export function localTimeName(time: Date): string {
  // The Swedish locale writes dates as ISO 8601 does.
  return time.toLocaleString('sv-SE').replace(' ', '_').replaceAll(':', '-');
}
