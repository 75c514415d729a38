import { appendFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { MultirunError } from '../errors.ts';
import { followFile } from './followFile.ts';
import { lineTail } from './jsonLines.ts';
import { sweepNames } from './layout.ts';
import { lockHolder } from './lock.ts';

const run = z.number().int().nonnegative();

const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('cancel-pending') }),
  z.object({ kind: z.literal('cancel-runs'), runs: z.array(run) }),
  z.object({ kind: z.literal('run-again'), runs: z.array(run) }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('max-parallel'), maxParallel: z.number() }),
  z.object({ kind: z.literal('leave') }),
]);

/** What one process asks of the process that writes a sweep. */
export type SweepRequest = z.infer<typeof requestSchema>;

/** A line of `control.jsonl`: a request, or the writer's answer to one. */
const lineSchema = z.union([
  z.object({
    at: z.number(),
    id: z.string(),
    /** Who asks, in words for a person who reads the file. */
    by: z.string(),
    request: requestSchema,
  }),
  z.object({
    at: z.number(),
    id: z.string(),
    answer: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('done') }),
      z.object({ kind: z.literal('refused'), message: z.string() }),
    ]),
  }),
]);
type Line = z.infer<typeof lineSchema>;

/** How long a writer may take to answer, in ms. One that is alive and says nothing was stopped, or is in a debugger. */
const patienceMs = 15_000;
const holderEveryMs = 500;

/**
 * Answers the requests that others append to a sweep's `control.jsonl` from now on, each once and in their order. For the
 * sweep's writer. What `apply` throws is told to who asked.
 */
export async function answerRequests(
  sweepDirectory: string,
  apply: (request: SweepRequest) => void | Promise<void>,
): Promise<AsyncDisposable> {
  const path = controlPath(sweepDirectory);
  // It has to be there to be watched.
  await appendFile(path, '');
  const tail = lineTail(path, (await stat(path)).size);
  const answer = async (line: string): Promise<void> => {
    const message = parseLine(line);
    if (!message || !('request' in message)) return;
    try {
      await apply(message.request);
      await append(path, { at: Date.now(), id: message.id, answer: { kind: 'done' } });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await append(path, { at: Date.now(), id: message.id, answer: { kind: 'refused', message: reason } });
    }
  };
  return followFile(path, async () => {
    for (const line of await tail.read()) await answer(line);
  });
}

/**
 * Asks the process that writes a sweep, whoever that is. Resolves when it has done so. Throws a MultirunError: `not-carried`
 * when nobody writes the sweep, or its writer ends before it answers; `refused` with what it said; `no-answer`.
 */
export async function askWriter(sweepDirectory: string, request: SweepRequest): Promise<void> {
  await requireWriter(sweepDirectory);
  const path = controlPath(sweepDirectory);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  const tail = lineTail(path, size);
  const id = crypto.randomUUID();
  await append(path, { at: Date.now(), id, by: `process ${process.pid} on ${hostname()}`, request });
  const answered = Promise.withResolvers<Extract<Line, { answer: unknown }>['answer']>();
  await using _ = await followFile(path, async () => {
    for (const line of await tail.read()) {
      const message = parseLine(line);
      if (message?.id === id && 'answer' in message) answered.resolve(message.answer);
    }
  });
  const asking = new AbortController();
  try {
    const answer = await Promise.race([answered.promise, patience(sweepDirectory, asking.signal)]);
    if (answer.kind === 'refused') throw new MultirunError('refused', answer.message);
  } finally {
    asking.abort();
  }
}

async function patience(sweepDirectory: string, signal: AbortSignal): Promise<never> {
  const giveUpAt = performance.now() + patienceMs;
  while (performance.now() < giveUpAt) {
    await delay(holderEveryMs, undefined, { signal });
    await requireWriter(sweepDirectory);
  }
  const holder = await lockHolder(sweepDirectory);
  const who = 'pid' in holder ? `process ${holder.pid} on ${holder.host}` : 'the process';
  throw new MultirunError(
    'no-answer',
    `${who} runs ${sweepDirectory} but has not answered for ${patienceMs / 1000} s; it may be suspended`,
  );
}

async function requireWriter(sweepDirectory: string): Promise<void> {
  const { kind } = await lockHolder(sweepDirectory);
  if (kind === 'living') return;
  throw new MultirunError('not-carried', `nobody runs the sweep in ${sweepDirectory} at the moment`);
}

async function append(path: string, line: Line): Promise<void> {
  await appendFile(path, `${JSON.stringify(line)}\n`);
}

function parseLine(line: string): Line | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function controlPath(sweepDirectory: string): string {
  return join(sweepDirectory, sweepNames.control);
}
