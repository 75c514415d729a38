import { closeSync, fstatSync, futimesSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { MultirunError, systemCode } from '../errors.ts';
import { sweepNames } from './layout.ts';
import { isSamePlace, type Place, processIdentity, thisPlace } from './processIdentity.ts';

/*
 * One writer at a time, without a server and without locks of the operating system, which network file systems do not
 * always have. Every writer of a sweep has a term: 1, 2, 3 … The file `lock/<term>` names it, and the highest term
 * rules. Who wants to write creates the file of the next term exclusively, and only when the writer of the highest one has
 * let go or is gone: of many who try, one succeeds. The highest file is never deleted, only marked as released, so that
 * who looked long ago cannot create a term that is over.
 *
 * A writer that can be asked (same host, boot and space of process ids) lives as long as its process. Any other is heard by the time of
 * its file, which it sets every few seconds.
 */

const lockSchema = z.object({
  pid: z.number(),
  /** See {@link processIdentity}. */
  identity: z.string().nullable(),
  host: z.string(),
  boot: z.string().nullable().default(null),
  space: z.string().nullable().default(null),
  /** Whether the writer has let go. */
  released: z.boolean().default(false),
});
type Lock = z.infer<typeof lockSchema>;

const heartbeatMs = 5000;
/** A writer that cannot be asked and has not been heard for so long is silent. */
const silentAfterMs = 60_000;
/** A lock without its text is one that is being written now, or one whose writer died over it. */
const tornAfterMs = 10_000;

/** Who holds a sweep's lock. */
export type LockHolder =
  /** Nobody, or a process that is gone. */
  | { readonly kind: 'none' | 'dead' }
  | { readonly kind: 'living'; readonly pid: number; readonly host: string }
  /** A process elsewhere, which cannot be asked and has not been heard for a minute. */
  | { readonly kind: 'silent'; readonly pid: number; readonly host: string; readonly since: number };

/** The lock of a sweep while this process holds it. */
export interface HeldLock {
  /** How many writers the sweep has had, this one included. */
  readonly term: number;
  /** Resolves, to a sentence for a person, when the lock is no longer ours: somebody took the sweep over, or it is gone. */
  readonly lost: Promise<string>;
  /** Looks whether the sweep is still where it was; a sentence for a person where not. Else this is noticed within seconds. */
  gone(): string | undefined;
  /** Lets others write; the second time does nothing. */
  release(): Promise<void>;
}

/** Tells who writes a sweep. */
export async function lockHolder(sweepDirectory: string): Promise<LockHolder> {
  return (await look(sweepDirectory)).holder;
}

/**
 * Becomes the one writer of a sweep. Throws a MultirunError: `locked` while another living process is, `silent` where it
 * cannot be told whether one elsewhere still lives (`takeOver` decides that it does not), `read-only`.
 */
export async function acquireLock(
  sweepDirectory: string,
  { takeOver = false }: { readonly takeOver?: boolean | undefined } = {},
): Promise<HeldLock> {
  const lock: Lock = {
    pid: process.pid,
    identity: (await processIdentity(process.pid)) ?? null,
    ...thisPlace(),
    released: false,
  };
  try {
    for (;;) {
      const { term: last, holder } = await look(sweepDirectory);
      refuse(sweepDirectory, holder, takeOver);
      await makeLockDirectory(sweepDirectory);
      const term = last + 1;
      const path = lockPath(sweepDirectory, term);
      const file = createFile(path, textOf(lock));
      if (file === undefined) continue;
      // Somebody may have come and gone while we looked.
      const terms = await termsOf(sweepDirectory);
      if (Math.max(...terms) > term) {
        closeSync(file);
        await rm(path, { force: true });
        continue;
      }
      for (const old of terms) if (old < term - 1) await rm(lockPath(sweepDirectory, old), { force: true });
      return hold(sweepDirectory, term, file, lock);
    }
  } catch (error) {
    throw explained(error, sweepDirectory);
  }
}

/** The file is kept open: where the directory is moved, its lock is still ours to release. */
function hold(sweepDirectory: string, term: number, file: number, lock: Lock): HeldLock {
  const path = lockPath(sweepDirectory, term);
  const { ino, dev } = fstatSync(file);
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
  let isHeld = true;

  function gone(): string | undefined {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.ino === ino && found.dev === dev) return undefined;
    return `${sweepDirectory} was moved or deleted`;
  }

  async function beat(): Promise<void> {
    const reason = gone();
    if (reason !== undefined) return lose(reason);
    if (Math.max(...(await termsOf(sweepDirectory))) > term)
      return lose(`another process took the sweep in ${sweepDirectory} over, because this one was silent`);
    if (!isHeld) return;
    const now = new Date();
    futimesSync(file, now, now);
  }

  // What goes wrong now (no free descriptor, a disk that is read-only) is tried again at the next beat.
  const heart = setInterval(() => void beat().catch(() => {}), heartbeatMs).unref();
  return {
    term,
    lost,
    gone,
    async release() {
      // Its number may be another file's by now.
      if (!isHeld) return;
      isHeld = false;
      clearInterval(heart);
      try {
        writeSync(file, textOf({ ...lock, released: true }), 0);
      } catch (error) {
        // Where nothing can be written, the lock falls with its process.
        if (systemCode(error) === undefined) throw error;
      } finally {
        closeSync(file);
      }
    },
  };
}

/** As long for a lock that is held as for one that is released, so that one write in place turns one into the other. */
function textOf(lock: Lock): string {
  return JSON.stringify(lock).replace('"released":true', '"released": true');
}

/**
 * Undefined where it exists. Nothing comes between the file and its text but the end of this process: that leaves a lock
 * which nobody can ask.
 */
function createFile(path: string, text: string): number | undefined {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    writeSync(file, text);
    return file;
  } catch (error) {
    closeSync(file);
    // Left without its text (the disk is full), it would pass for a lock that is just being written.
    rmSync(path, { force: true });
    throw error;
  }
}

async function look(sweepDirectory: string): Promise<{ term: number; holder: LockHolder }> {
  for (;;) {
    const term = Math.max(0, ...(await termsOf(sweepDirectory)));
    const path = term > 0 ? lockPath(sweepDirectory, term) : join(sweepDirectory, sweepNames.lock);
    try {
      const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
      return { term, holder: await holderOf(text, mtimeMs) };
    } catch (error) {
      // It was of the directory's first version, or of none: a sweep that nobody has written.
      if (term === 0 && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(systemCode(error) ?? ''))
        return { term, holder: { kind: 'none' } };
      // A later writer has tidied it away.
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

async function holderOf(text: string, heardAt: number): Promise<LockHolder> {
  const lock = parseLock(text);
  const silence = Date.now() - heardAt;
  if (!lock) return silence < tornAfterMs ? { kind: 'living', ...nobody } : { kind: 'dead' };
  if (lock.released) return { kind: 'none' };
  const { pid, host } = lock;
  const here = thisPlace();
  if (isSamePlace(lock, here) || isFirstVersion(lock, here)) {
    const identity = await processIdentity(pid);
    const same = identity !== undefined && (lock.identity === null || identity === lock.identity);
    return same ? { kind: 'living', pid, host } : { kind: 'dead' };
  }
  // Not heard since this machine was started, so it was started again; but for a namesake, which is heard.
  if (host === here.host && heardAt < Date.now() - uptime() * 1000) return { kind: 'dead' };
  return silence < silentAfterMs
    ? { kind: 'living', pid, host }
    : { kind: 'silent', pid, host, since: heardAt };
}

/** Who is writing a lock that has no text yet. */
const nobody = { pid: 0, host: 'an unknown host' };

/** The first version's locks name no boot but in their identity. */
function isFirstVersion({ host, boot, space }: Place, here: Place): boolean {
  return host === here.host && boot === null && space === null;
}

function refuse(sweepDirectory: string, holder: LockHolder, takeOver: boolean): void {
  if (holder.kind === 'living' && holder.pid === nobody.pid) {
    throw new MultirunError(
      'locked',
      `${sweepDirectory} is being taken up by a process that has not said yet which it is; try again in ${tornAfterMs / 1000} seconds`,
    );
  }
  if (holder.kind === 'living') {
    throw new MultirunError(
      'locked',
      `${sweepDirectory} is being run by process ${holder.pid} on ${holder.host}; wait until it has ended, or stop it there`,
    );
  }
  if (holder.kind === 'silent' && !takeOver) {
    throw new MultirunError(
      'silent',
      `${sweepDirectory} was being run by process ${holder.pid} on ${holder.host}, which was last heard of at ${new Date(holder.since).toISOString()}; make sure that it is gone, then take the sweep over`,
    );
  }
}

async function makeLockDirectory(sweepDirectory: string): Promise<void> {
  const path = join(sweepDirectory, sweepNames.lock);
  for (;;) {
    try {
      await mkdir(path);
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    if ((await stat(path).catch(() => undefined))?.isDirectory()) return;
    // The lock of the directory's first version, whose writer is gone.
    await unlink(path).catch(() => {});
  }
}

async function termsOf(sweepDirectory: string): Promise<number[]> {
  try {
    const names = await readdir(join(sweepDirectory, sweepNames.lock));
    return names.filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

function lockPath(sweepDirectory: string, term: number): string {
  return join(sweepDirectory, sweepNames.lock, String(term));
}

function parseLock(text: string): Lock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function explained(error: unknown, sweepDirectory: string): unknown {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) return error;
  const reason = (error as Error).message;
  return new MultirunError(
    'read-only',
    `${sweepDirectory} cannot be written, so nothing of it can be run: ${reason}`,
    { cause: error },
  );
}
