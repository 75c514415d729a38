import type { Failure } from '../../failure.ts';
import type { CallSlurm } from './slurmCommands.ts';

/** How Slurm itself says that a task ended. */
export interface TaskEnd {
  /** Its own word, without what follows: COMPLETED, FAILED, TIMEOUT, NODE_FAIL, CANCELLED … */
  readonly state: string;
  readonly exitCode: number;
  /** Number of the signal that ended the task's script; 0 for none. */
  readonly signal: number;
  /** The time limit that it had, in ms. */
  readonly timeLimitMs: number | undefined;
}

/** More tasks of one job than this are asked for all at once. */
const singleCalls = 8;

/**
 * Asks how tasks of a job ended: the controller, which remembers for some minutes, then accounting where there is one. What
 * neither knows is left out. Undefined where nobody answers now.
 */
export async function askForEnds(
  call: CallSlurm,
  job: string,
  tasks: readonly number[],
): Promise<Map<number, TaskEnd> | undefined> {
  const ends = new Map<number, TaskEnd>();
  const names = tasks.length > singleCalls ? [job] : tasks.map((task) => `${job}_${task}`);
  for (const name of names) {
    const answer = await call('scontrol', ['--oneliner', 'show', 'job', name]);
    if (answer.kind === 'unreachable') return undefined;
    if (answer.kind === 'refused') continue;
    for (const [task, end] of parseJobs(answer.stdout)) if (tasks.includes(task)) ends.set(task, end);
  }
  const unknown = tasks.filter((task) => !ends.has(task));
  if (unknown.length > 0)
    for (const [task, end] of await accounted(call, job)) if (unknown.includes(task)) ends.set(task, end);
  return ends;
}

/** Understands `scontrol --oneliner show job`. */
export function parseJobs(text: string): Map<number, TaskEnd> {
  const ends = new Map<number, TaskEnd>();
  for (const line of text.split('\n')) {
    const state = /(?:^| )JobState=([A-Z_]+)/.exec(line)?.[1];
    if (state === undefined) continue;
    const task = /(?:^| )ArrayTaskId=(\d+)(?: |$)/.exec(line)?.[1] ?? '0';
    const [, exitCode = '0', signal = '0'] = /(?:^| )ExitCode=(\d+):(\d+)/.exec(line) ?? [];
    ends.set(Number(task), {
      state,
      exitCode: Number(exitCode),
      signal: Number(signal),
      timeLimitMs: clockMs(/(?:^| )TimeLimit=(\S+)/.exec(line)?.[1]),
    });
  }
  return ends;
}

/** What `sacct` knows of a job's tasks; nothing where there is no accounting. */
async function accounted(call: CallSlurm, job: string): Promise<Map<number, TaskEnd>> {
  const fields = 'JobID,State,ExitCode,Timelimit';
  const answer = await call('sacct', [
    '--noheader',
    '--parsable2',
    '--allocations',
    `--jobs=${job}`,
    `--format=${fields}`,
  ]).catch(() => undefined);
  return answer?.kind === 'done' ? parseAccounts(answer.stdout) : new Map();
}

/** Understands `sacct --parsable2 --format=JobID,State,ExitCode,Timelimit`. */
export function parseAccounts(text: string): Map<number, TaskEnd> {
  const ends = new Map<number, TaskEnd>();
  for (const line of text.split('\n')) {
    const [id = '', state = '', exit = '', limit] = line.split('|');
    const [, task] = /^\d+_(\d+)$/.exec(id) ?? (/^\d+$/.test(id) ? [id, '0'] : []);
    const [word = ''] = state.split(' ');
    if (task === undefined || word === '') continue;
    const [exitCode = '0', signal = '0'] = exit.split(':');
    ends.set(Number(task), {
      state: word,
      exitCode: Number(exitCode),
      signal: Number(signal),
      timeLimitMs: clockMs(limit),
    });
  }
  return ends;
}

/** `[days-]hours:minutes:seconds` in ms. */
function clockMs(written: string | undefined): number | undefined {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)-)?(\d+):(\d+):(\d+)$/.exec(written ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

const finalStates: ReadonlySet<string> = new Set([
  'BOOT_FAIL',
  'CANCELLED',
  'COMPLETED',
  'DEADLINE',
  'FAILED',
  'LAUNCH_FAILED',
  'NODE_FAIL',
  'OUT_OF_MEMORY',
  'PREEMPTED',
  'RECONFIG_FAIL',
  'REVOKED',
  'TIMEOUT',
]);

/** Whether nothing more comes of the task. */
export function isFinal({ state }: TaskEnd): boolean {
  return finalStates.has(state);
}

/** Why a run failed whose task Slurm ended; undefined where its state says nothing of that. */
export function failureOfState({ state, timeLimitMs }: TaskEnd, node?: string): Failure | undefined {
  switch (state) {
    case 'TIMEOUT':
    case 'DEADLINE':
      return { reason: 'timeout', timeoutMs: timeLimitMs ?? 0 };
    case 'OUT_OF_MEMORY':
      return { reason: 'out-of-memory' };
    case 'NODE_FAIL':
    case 'BOOT_FAIL':
      return { reason: 'node-failed', node };
    case 'PREEMPTED':
      return { reason: 'preempted' };
    case 'CANCELLED':
    case 'REVOKED':
      return { reason: 'cancelled' };
    default:
      return undefined;
  }
}
