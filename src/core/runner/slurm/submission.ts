import { randomBytes } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rangesOf } from '../../job.ts';
import type { ParamMap } from '../../run.ts';
import { revisionDirectory, sweepNames } from '../../sweepDirectory/layout.ts';
import type { SweepWriter } from '../../sweepDirectory/sweepWriter.ts';
import { type FilledTemplate, templateTexts } from '../../sweepDirectory/templates.ts';
import { commandLine } from '../commandLine.ts';
import { type RunEnvironment, runSideDirectory } from '../runEnvironment.ts';
import { payloadOf } from './payload.ts';
import { sbatchArguments } from './sbatchArguments.ts';
import type { CallSlurm } from './slurmCommands.ts';
import { runsPerTask, type SlurmOptions } from './slurmOptions.ts';
import { taskScript } from './taskScript.ts';

/** A job array as somebody wants it. */
export interface ArrayWanted {
  readonly runs: readonly number[];
  /** How many of its tasks may run at the same time. */
  readonly throttle: number | undefined;
  readonly factors?: { readonly time: number; readonly memory: number } | undefined;
}

/** What became of it. */
export type Submitted =
  | { readonly kind: 'submitted'; readonly job: string; readonly impossible: ReadonlyMap<number, string> }
  /** The array is too large for the cluster, or its owner has too many jobs; fewer runs may do. */
  | { readonly kind: 'too-many'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** Nobody answers: nothing was submitted, as far as is known. */
  | { readonly kind: 'unreachable'; readonly message: string };

/** What a search for a job by its name found. */
export type Found =
  | { readonly kind: 'found'; readonly job: string }
  | { readonly kind: 'none' | 'unreachable' };

/** Submits job arrays of a sweep. */
export interface Submitter {
  /** How many tasks an array may have on this cluster. */
  mostTasks(): Promise<number>;
  submit(array: ArrayWanted): Promise<Submitted>;
  /** Looks for a job that may have been submitted by a writer that died over it. */
  find(name: string): Promise<Found>;
}

/** What sbatch says where there is too much, in the words of Slurm 20.11 to 24.05. */
const tooMany =
  /invalid job array specification|submit ?job ?limit|max ?submit|job submit limit|maxjobcount|limit.*(?:jobs|submit)|QOSMaxSubmit|AssocMaxSubmit|AssocGrpSubmit|QOSGrpSubmit|maximum number of jobs/i;

/** Of a cluster that does not tell. */
const usualMaxArraySize = 1001;

/** What {@link submitter} needs. */
export interface SubmitterOptions {
  readonly sweep: SweepWriter;
  readonly slurm: SlurmOptions;
  readonly call: CallSlurm;
  readonly environment: RunEnvironment;
}

/** Submits arrays of this sweep, each with a directory in `slurm/jobs` of the sweep directory. */
export function submitter({ sweep, slurm, call, environment }: SubmitterOptions): Submitter {
  const { directory, header } = sweep;
  const perTask = runsPerTask(slurm);
  const home = join(directory, sweepNames.slurm);
  const { revision } = sweep.state;
  let largest: Promise<number> | undefined;
  let prepared: Promise<(params: ParamMap) => readonly FilledTemplate[]> | undefined;

  /** What all jobs of the sweep share. */
  async function prepare(): Promise<(params: ParamMap) => readonly FilledTemplate[]> {
    await mkdir(join(home, 'jobs'), { recursive: true });
    await mkdir(join(home, 'cancelled'), { recursive: true });
    await cp(runSideDirectory(), join(home, 'runSide'), { recursive: true, force: true });
    return templateTexts(revisionDirectory(directory, revision), header.templates);
  }

  async function submit({ runs, throttle, factors }: ArrayWanted): Promise<Submitted> {
    prepared ??= prepare();
    const fill = await prepared;
    const name = `mr-${slug(header.name)}-${randomBytes(4).toString('hex')}`;
    const place = join(home, 'jobs', name);
    await mkdir(place);
    const tasks = Math.ceil(runs.length / perTask);
    const script = join(place, 'task.sh');
    const log = join(place, 'output.log');
    const options = sbatchArguments({ slurm, name, tasks, throttle, directory, log, factors });
    const args = [...options, script, directory, name];
    const store = revision === 1 ? '' : [sweepNames.revisions, String(revision)].join('/');
    const payload = payloadOf(runs, perTask, { header, directory, params: sweep.params, fill, environment });
    await writeFile(join(place, 'runs'), payload.runs);
    await writeFile(join(place, 'table'), payload.table);
    await writeFile(
      script,
      taskScript({ header, slurm, store, submittedAs: commandLine(['sbatch', ...args]) }),
    );
    // The name first: should this process die now, the next one finds the job by it.
    const submitted = { type: 'submitted', name, runs: rangesOf(runs), runsPerTask: perTask } as const;
    sweep.record(submitted);
    await sweep.flush();
    const answer = await call('sbatch', args);
    if (answer.kind === 'refused') {
      return { kind: tooMany.test(answer.message) ? 'too-many' : 'refused', message: answer.message };
    }
    let job = answer.kind === 'done' ? answer.stdout.trim().split(';')[0] : undefined;
    if (answer.kind === 'unreachable') {
      // It may have heard us all the same.
      const found = await find(name);
      if (found.kind !== 'found') return { kind: 'unreachable', message: answer.message };
      job = found.job;
    }
    if (job === undefined || !/^\d+$/.test(job))
      return { kind: 'refused', message: `sbatch said no id of a job: ${JSON.stringify(answer)}` };
    sweep.record({ ...submitted, job });
    await sweep.flush();
    return { kind: 'submitted', job, impossible: payload.impossible };
  }

  async function find(name: string): Promise<Found> {
    const args = ['--noheader', '--states=all', `--name=${name}`, '--format=%F'];
    const queue = await call('squeue', args);
    if (queue.kind === 'unreachable') return { kind: 'unreachable' };
    const queued = queue.kind === 'done' ? queue.stdout.trim().split('\n')[0] : '';
    if (queued) return { kind: 'found', job: queued };
    const accounts = [
      '--noheader',
      '--parsable2',
      '--allocations',
      `--name=${name}`,
      '--format=JobID',
      '--starttime=now-30days',
    ];
    const known = await call('sacct', accounts).catch(() => undefined);
    const job = known?.kind === 'done' ? /^\d+/.exec(known.stdout)?.[0] : undefined;
    return job === undefined ? { kind: 'none' } : { kind: 'found', job };
  }

  return {
    mostTasks() {
      largest ??= maxArraySize(call);
      return largest;
    },
    submit,
    find,
  };
}

/** MaxArraySize caps the index, which begins at 0. */
async function maxArraySize(call: CallSlurm): Promise<number> {
  const answer = await call('scontrol', ['show', 'config']);
  const size =
    answer.kind === 'done' ? Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(answer.stdout)?.[1]) : Number.NaN;
  return size > 0 ? size : usualMaxArraySize;
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 24) || 'sweep'
  );
}
