import * as z from 'zod';
import type { SweepEvent } from '../event.ts';
import type { Ending, Failure, Usage } from '../failure.ts';
import type { PauseReason } from '../pauseReason.ts';

const at = z.number();
const run = z.number().int().nonnegative();

const left = z.array(z.number()).optional();

const failure: z.ZodType<Failure> = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('exit-code'), code: z.number() }),
  z.object({ reason: z.literal('signal'), signal: z.string() }),
  z.object({ reason: z.literal('timeout'), timeoutMs: z.number(), left }),
  z.object({ reason: z.literal('out-of-memory') }),
  z.object({ reason: z.literal('cancelled'), left }),
  z.object({ reason: z.literal('halted'), left }),
  z.object({ reason: z.literal('spawn-error'), message: z.string() }),
  z.object({ reason: z.literal('node-failed'), node: z.string().optional() }),
  z.object({ reason: z.literal('preempted') }),
  z.object({ reason: z.literal('lost') }),
]);

const ending: z.ZodType<Ending> = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('cancelled') }),
  z.object({ reason: z.literal('halted') }),
  z.object({ reason: z.literal('timeout'), timeoutMs: z.number() }),
]);

const usage: z.ZodType<Usage> = z.object({
  peakMemoryBytes: z.number().optional(),
  cpuMs: z.number().optional(),
});

const resultsNote = { metric: z.number().optional(), problems: z.array(z.string()).optional() };

const why: z.ZodType<PauseReason> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('breaker'), count: z.number(), failure, run }),
  z.object({ kind: z.literal('canary'), run, failure }),
  z.object({ kind: z.literal('disk'), freeBytes: z.number(), limitBytes: z.number() }),
  z.object({ kind: z.literal('memory'), availableBytes: z.number(), limitBytes: z.number() }),
  z.object({ kind: z.literal('load'), load: z.number(), limit: z.number() }),
  z.object({ kind: z.literal('preparation'), message: z.string() }),
  z.object({ kind: z.literal('cluster'), message: z.string() }),
  z.object({ kind: z.literal('journal'), message: z.string() }),
]);

const runEvent: z.ZodType<Exclude<SweepEvent, { type: 'sweep' }>> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    at,
    run,
    attempt: z.number(),
    pid: z.number(),
    slot: z.number(),
    ticks: z.number().optional(),
    job: z.string().optional(),
    node: z.string().optional(),
  }),
  z.object({
    type: z.literal('submitted'),
    at,
    name: z.string(),
    job: z.string().optional(),
    runs: z.array(z.tuple([run, run])),
    runsPerTask: z.number().int().positive(),
  }),
  z.object({ type: z.literal('ending'), at, run, ending }),
  z.object({ type: z.literal('succeeded'), at, run, usage: usage.optional(), ...resultsNote }),
  z.object({ type: z.literal('failed'), at, run, failure, usage: usage.optional(), ...resultsNote }),
  z.object({ type: z.literal('skipped'), at, run, why: z.enum(['cancelled', 'excluded', 'removed']) }),
  z.object({
    type: z.literal('requeued'),
    at,
    run,
    // Version 1 knew no other reason.
    why: z.enum(['asked', 'retry', 'halted', 'cluster']).default('asked'),
    delayMs: z.number().optional(),
  }),
]);

const sweepEvent: z.ZodType<Extract<SweepEvent, { type: 'sweep' }>> = z.discriminatedUnion('reason', [
  z.object({
    type: z.literal('sweep'),
    reason: z.literal('opened'),
    at,
    version: z.number(),
    total: z.number(),
    maxParallel: z.number(),
    writer: z
      .object({
        pid: z.number(),
        host: z.string(),
        boot: z.string().nullable(),
        space: z.string().nullable(),
      })
      .optional(),
    owner: z.string().optional(),
    wanted: z.array(run).optional(),
    continues: z.boolean().optional(),
  }),
  z.object({ type: z.literal('sweep'), reason: z.literal('paused'), at, why }),
  z.object({ type: z.literal('sweep'), reason: z.literal('resumed'), at }),
  z.object({ type: z.literal('sweep'), reason: z.literal('max-parallel'), at, maxParallel: z.number() }),
  z.object({ type: z.literal('sweep'), reason: z.literal('halted'), at, rule: z.string() }),
  z.object({
    type: z.literal('sweep'),
    reason: z.literal('extended'),
    at,
    total: z.number(),
    revision: z.number(),
  }),
  z.object({
    type: z.literal('sweep'),
    reason: z.literal('stopping'),
    at,
    terminates: z.boolean().optional(),
  }),
  z.object({ type: z.literal('sweep'), reason: z.literal('closed'), at }),
]);

/** One line of a journal, its newline included. */
export function encodeEvent(event: SweepEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The event of a line without its newline, or undefined when the line holds none (it is torn, or not ours). */
export function decodeEvent(line: string): SweepEvent | undefined {
  try {
    const json: unknown = JSON.parse(line);
    // A union of both would make a hundred thousand times as much garbage.
    const parsed = (isOfSweep(json) ? sweepEvent : runEvent).safeParse(json);
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function isOfSweep(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'type' in json && json.type === 'sweep';
}
