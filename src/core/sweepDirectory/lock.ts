import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { MultirunError, systemCode } from '../errors.ts';
import { sweepNames } from './layout.ts';
import { processIdentity } from './processIdentity.ts';

const lockSchema = z.object({
  pid: z.number(),
  /** See {@link processIdentity}. */
  identity: z.string().nullable(),
  host: z.string(),
});
type Lock = z.infer<typeof lockSchema>;

/** Who holds a sweep's lock: nobody, a process that is gone, or a living one. */
export type LockHolder =
  | { readonly kind: 'none' }
  | { readonly kind: 'dead'; readonly text: string }
  | { readonly kind: 'living'; readonly pid: number; readonly host: string };

/** Tells who writes a sweep. A holder on another host cannot be asked, and is taken to live. */
export async function lockHolder(sweepDirectory: string): Promise<LockHolder> {
  const text = await readLock(sweepDirectory);
  if (text === undefined) return { kind: 'none' };
  const lock = parseLock(text);
  // A lock that is just being written has no text yet, and its writer lives.
  if (!lock) return { kind: 'living', pid: 0, host: hostname() };
  if (lock.host !== hostname()) return { kind: 'living', pid: lock.pid, host: lock.host };
  const identity = await processIdentity(lock.pid);
  const same = identity !== undefined && (lock.identity === null || identity === lock.identity);
  return same ? { kind: 'living', pid: lock.pid, host: lock.host } : { kind: 'dead', text };
}

/** Becomes the one writer of a sweep. Throws a MultirunError `locked` while another living process is. */
export async function acquireLock(sweepDirectory: string): Promise<void> {
  const lock: Lock = {
    pid: process.pid,
    identity: (await processIdentity(process.pid)) ?? null,
    host: hostname(),
  };
  const path = join(sweepDirectory, sweepNames.lock);
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(lock), { flag: 'wx' });
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const holder = await lockHolder(sweepDirectory);
    if (holder.kind === 'living') {
      throw new MultirunError(
        'locked',
        `${sweepDirectory} is being run by process ${holder.pid} on ${holder.host}; wait until it has ended, or stop it there`,
      );
    }
    if (holder.kind === 'dead' && (await readLock(sweepDirectory)) === holder.text)
      await rm(path, { force: true });
  }
}

/** Lets go of a sweep that this process writes. */
export async function releaseLock(sweepDirectory: string): Promise<void> {
  await rm(join(sweepDirectory, sweepNames.lock), { force: true });
}

async function readLock(sweepDirectory: string): Promise<string | undefined> {
  try {
    return await readFile(join(sweepDirectory, sweepNames.lock), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseLock(text: string): Lock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
