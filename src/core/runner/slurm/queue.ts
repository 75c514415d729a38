import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { messageOf, systemCode } from '../../errors.ts';
import type { RunEnvironment } from '../runEnvironment.ts';
import { parseQueue, type Queue, type QueueEntry, queueFormat } from './parseQueue.ts';
import { type CallSlurm, programOf, slurmCommands } from './slurmCommands.ts';

/*
 * One squeue for all sweeps of a user: what it said is kept in a file of the user's cache directory, and all processes read
 * that, on every machine that shares it. Whoever finds it too old creates the file `asking` exclusively, asks, and replaces it.
 * So the controller is asked at most once in the interval, however many windows, sweeps and runs there are; a squeue that
 * failed counts as well.
 */

/** The queue at some moment. */
export interface QueueView {
  readonly queue: Queue;
  /** When it was asked for; milliseconds since the epoch. 0 where it never was. */
  readonly at: number;
  /** What squeue said the last time, where that was no answer; what the queue tells is older then. */
  readonly trouble: string | undefined;
}

/** The queue of a user's cluster, as of now and then. */
export interface SlurmQueue {
  /** What was last read. */
  readonly view: QueueView;
  /** How a task stands, as far as was last read. */
  entry(job: string, task: number): QueueEntry | undefined;
  /** Reads what is known, and asks squeue where that is too old. Resolves to it. */
  refresh(): Promise<QueueView>;
}

const keptSchema = z.object({
  /** When squeue was last started, and when for an answer. */
  askedAt: z.number(),
  answeredAt: z.number(),
  /** How long that took, in ms. */
  tookMs: z.number(),
  text: z.string(),
  trouble: z.string().optional(),
});
type Kept = z.infer<typeof keptSchema>;

const unknown: Kept = { askedAt: 0, answeredAt: 0, tookMs: 0, text: '' };

/** The controller is asked no more often than this. */
export const pollMs = 5000;
/** A large queue is asked for less often: it costs the controller more, and changes less in parts. */
const linesPerPoll = 2000;
const longestPollMs = 60_000;
/** Who asks for longer than this is gone. */
const askingMs = 90_000;

/** How long what squeue said stays good enough: longer for a long queue, and where squeue is slow. */
export function pollInterval(lines: number, tookMs: number, shortestMs: number = pollMs): number {
  const bySize = shortestMs * Math.max(1, lines / linesPerPoll);
  return Math.round(Math.min(Math.max(longestPollMs, shortestMs), Math.max(shortestMs, bySize, tookMs * 20)));
}

const queues = new Map<string, SlurmQueue>();

/** The queue of the cluster that this environment leads to; one for all who ask in this process. */
export function slurmQueue(env: RunEnvironment): SlurmQueue {
  const place = cachePlace(env);
  let queue = queues.get(place);
  if (queue === undefined) {
    queue = makeQueue(place, slurmCommands(env), shortestPoll(env));
    queues.set(place, queue);
  }
  return queue;
}

/** Tests have no five seconds for each look. */
function shortestPoll({ MULTIRUN_SLURM_POLL_MS }: RunEnvironment): number {
  const given = Number(MULTIRUN_SLURM_POLL_MS);
  return given > 0 ? given : pollMs;
}

function cachePlace(env: RunEnvironment): string {
  const cluster = [env.SLURM_CONF, env.SLURM_CLUSTERS, programOf('squeue', env)].join('\0');
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'multirun', 'slurm', name);
}

function makeQueue(place: string, call: CallSlurm, shortestMs: number): SlurmQueue {
  let kept = unknown;
  let view: QueueView = { queue: parseQueue(''), at: 0, trouble: undefined };
  let refreshing: Promise<QueueView> | undefined;

  function isFresh({ askedAt, text, tookMs }: Kept): boolean {
    const age = Date.now() - askedAt;
    // A clock may be set back.
    return age >= 0 && age < pollInterval(text.length / 40, tookMs, shortestMs);
  }

  async function refresh(): Promise<QueueView> {
    if (!isFresh(kept)) {
      const known = (await read(place)) ?? kept;
      take(isFresh(known) ? known : await ask(known));
    }
    return view;
  }

  function take(next: Kept): void {
    const isSame = next.answeredAt === kept.answeredAt && view.at > 0;
    kept = next;
    const queue = isSame ? view.queue : parseQueue(next.text);
    view = { queue, at: next.answeredAt, trouble: next.trouble };
  }

  /** Asks squeue, unless another process does. */
  async function ask(known: Kept): Promise<Kept> {
    await mkdir(place, { recursive: true });
    const asking = join(place, 'asking');
    if (!(await takeTurn(asking))) {
      await delay(Math.min(200, shortestMs));
      return (await read(place)) ?? known;
    }
    try {
      // Another process may have asked since we looked.
      const latest = (await read(place)) ?? known;
      if (isFresh(latest)) return latest;
      const askedAt = Date.now();
      const next = await answerOf(latest, askedAt);
      await writeFile(join(place, 'queue.new'), JSON.stringify(next));
      await rename(join(place, 'queue.new'), join(place, 'queue.json'));
      return next;
    } finally {
      await rm(asking, { force: true });
    }
  }

  async function answerOf(latest: Kept, askedAt: number): Promise<Kept> {
    try {
      const answer = await call('squeue', [
        '--noheader',
        `--user=${userInfo().username}`,
        `--format=${queueFormat}`,
      ]);
      const tookMs = Date.now() - askedAt;
      return answer.kind === 'done'
        ? { askedAt, answeredAt: askedAt, tookMs, text: answer.stdout }
        : { ...latest, askedAt, tookMs, trouble: answer.message };
    } catch (error) {
      return { ...latest, askedAt, tookMs: 0, trouble: messageOf(error) };
    }
  }

  return {
    get view() {
      return view;
    },
    entry: (job, task) => view.queue.entry(job, task),
    refresh() {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
  };
}

async function read(place: string): Promise<Kept | undefined> {
  try {
    return keptSchema.safeParse(JSON.parse(await readFile(join(place, 'queue.json'), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whether it is ours to ask; one who began too long ago has died over it. */
async function takeTurn(asking: string): Promise<boolean> {
  try {
    await (await open(asking, 'wx')).close();
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    const began = await stat(asking).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - began > askingMs) await rm(asking, { force: true });
    return false;
  }
}
