import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { MultirunError } from './errors.ts';
import type { Intent } from './intent.ts';
import { sweepNames } from './sweepDirectory/layout.ts';
import type { SweepHandle } from './sweepHandle.ts';
import { takeUpSweep } from './takeUp.ts';

/*
 * A sweep that shall outlive its window or its terminal is carried by a process of its own: the command line's `carry`, which
 * is told on its standard input what to do, says on its standard output whether it could, and is then nobody's child.
 */

const orderSchema = z.object({
  directory: z.string(),
  intent: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('take-up') }),
    z.object({ kind: z.literal('resume') }),
    z.object({
      kind: z.literal('rerun'),
      runs: z.union([z.enum(['failed', 'all']), z.array(z.number())]),
    }),
  ]) satisfies z.ZodType<Intent>,
  owner: z.string().optional(),
  maxParallel: z.number().optional(),
  maxParallelLimit: z.number().optional(),
  takeOver: z.boolean().optional(),
});

/** What a process of its own is to do. */
export type CarryOrder = Omit<z.input<typeof orderSchema>, 'intent'> & { readonly intent: Intent };

const replySchema = z.union([
  z.object({ carrying: z.literal(true) }),
  z.object({ code: z.string(), message: z.string() }),
]);

/** What {@link carryDetached} is told. */
export interface DetachOptions {
  /** The command line's program: its argument vector up to the command. */
  readonly program: readonly string[];
  /** The environment of the process, which its runs inherit. Default: this process's. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * Starts a process that carries a sweep to its end, whatever becomes of this one. Resolves when it does; throws what
 * {@link takeUpSweep} throws there.
 */
export async function carryDetached(order: CarryOrder, { program, env }: DetachOptions): Promise<void> {
  const [file = '', ...args] = program;
  // What it has to say later, nobody listens to.
  const log = openSync(join(order.directory, sweepNames.carrierLog), 'a');
  const child = spawn(file, [...args, 'carry'], {
    detached: true,
    windowsHide: true,
    cwd: order.directory,
    env: env ?? process.env,
    stdio: ['pipe', 'pipe', log],
  }) as ChildProcessByStdio<Writable, Readable, null>;
  closeSync(log);
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(order));
  const reply = await Promise.race([firstLine(child.stdout), failed]);
  child.stdout.destroy();
  child.unref();
  failed.catch(() => {});
  const parsed = reply === undefined ? undefined : replySchema.safeParse(JSON.parse(reply)).data;
  if (parsed === undefined) {
    const place = join(order.directory, sweepNames.carrierLog);
    throw new MultirunError(
      'not-carried',
      `the process that was to run ${order.directory} ended at once; see ${place}`,
    );
  }
  if ('code' in parsed) throw new MultirunError(parsed.code as MultirunError['code'], parsed.message);
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  let received = '';
  for await (const chunk of stream) {
    received += chunk;
    const end = received.indexOf('\n');
    if (end >= 0) return received.slice(0, end);
  }
  return undefined;
}

/** The other side: reads the order, takes the sweep up and says so. Resolves to the sweep, or to undefined where it could not. */
export async function obeyOrder(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<SweepHandle | undefined> {
  const { directory, intent, ...options } = orderSchema.parse(JSON.parse(await text(input)));
  try {
    const sweep = await takeUpSweep(directory, intent, options);
    output.write(`${JSON.stringify({ carrying: true })}\n`);
    return sweep;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof MultirunError ? error.code : 'not-carried';
    output.write(`${JSON.stringify({ code, message })}\n`);
    return undefined;
  }
}
