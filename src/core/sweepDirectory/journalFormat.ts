import { z } from 'zod';
import type { SweepEvent } from '../event.ts';

const at = z.number();
const run = z.number().int().nonnegative();

const failure = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('exit-code'), code: z.number() }),
  z.object({ reason: z.literal('signal'), signal: z.string() }),
  z.object({ reason: z.literal('timeout'), timeoutMs: z.number() }),
  z.object({ reason: z.literal('cancelled') }),
  z.object({ reason: z.literal('spawn-error'), message: z.string() }),
  z.object({ reason: z.literal('lost') }),
]);

const eventSchema: z.ZodType<SweepEvent> = z.union([
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('started'), at, run, attempt: z.number(), pid: z.number(), slot: z.number() }),
    z.object({ type: z.literal('succeeded'), at, run }),
    z.object({ type: z.literal('failed'), at, run, failure }),
    z.object({ type: z.literal('skipped'), at, run, why: z.enum(['cancelled', 'excluded']) }),
    z.object({ type: z.literal('requeued'), at, run }),
  ]),
  z.discriminatedUnion('reason', [
    z.object({
      type: z.literal('sweep'),
      reason: z.literal('opened'),
      at,
      version: z.number(),
      total: z.number(),
      maxParallel: z.number(),
    }),
    z.object({ type: z.literal('sweep'), reason: z.literal('stopping'), at }),
    z.object({ type: z.literal('sweep'), reason: z.literal('closed'), at }),
  ]),
]);

/** One line of a journal, its newline included. */
export function encodeEvent(event: SweepEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The event of a line without its newline, or undefined when the line holds none (it is torn, or not ours). */
export function decodeEvent(line: string): SweepEvent | undefined {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
