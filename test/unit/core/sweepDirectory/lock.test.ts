import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { acquireLock, lockHolder } from '../../../../src/core/sweepDirectory/lock.ts';
import { processIdentity, thisPlace } from '../../../../src/core/sweepDirectory/processIdentity.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const racer = fileURLToPath(new URL('../../../rig/lockRacer.ts', import.meta.url));

/** Writes the lock of a term as another process would have left it. */
function leaveLock(directory: string, term: number, lock: object | string, ageMs = 0): void {
  mkdirSync(`${directory}/lock`, { recursive: true });
  const path = `${directory}/lock/${term}`;
  writeFileSync(path, typeof lock === 'string' ? lock : JSON.stringify(lock));
  const then = new Date(Date.now() - ageMs);
  utimesSync(path, then, then);
}

/** A lock whose process has ended. */
async function deadLock(): Promise<object> {
  const child = spawn('/bin/true');
  await once(child, 'exit');
  return { pid: child.pid, identity: 'gone/1', ...thisPlace() };
}

describe('the lock of a sweep', () => {
  test('is held by one, told to others, and free when it is released', async () => {
    await using directory = await temporaryDirectory();
    expect(await lockHolder(directory.path)).toEqual({ kind: 'none' });
    const held = await acquireLock(directory.path);
    expect(await lockHolder(directory.path)).toEqual({
      kind: 'living',
      pid: process.pid,
      host: hostname(),
    });
    await expect(acquireLock(directory.path)).rejects.toMatchObject({ code: 'locked' });
    await held.release();
    expect(await lockHolder(directory.path)).toEqual({ kind: 'none' });
    const again = await acquireLock(directory.path);
    expect(again.term).toBe(2);
    await again.release();
    await again.release();
    expect(await lockHolder(directory.path)).toEqual({ kind: 'none' });
  });

  test('is not held by a process that is gone, nor by another that got its id', async () => {
    await using directory = await temporaryDirectory();
    leaveLock(directory.path, 1, await deadLock());
    expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
    leaveLock(directory.path, 1, { pid: process.pid, identity: 'earlier/1', ...thisPlace() });
    expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
    expect((await acquireLock(directory.path)).term).toBe(2);
  });

  test('is not held for ever by a file that is empty or torn', async () => {
    await using directory = await temporaryDirectory();
    for (const text of ['', '{"pid":12', '\0\0\0\0']) {
      leaveLock(directory.path, 1, text);
      expect(await lockHolder(directory.path)).toMatchObject({ kind: 'living' });
      await expect(acquireLock(directory.path)).rejects.toMatchObject({
        code: 'locked',
        message: expect.stringMatching(/try again in 10 seconds$/),
      });
      leaveLock(directory.path, 1, text, 11_000);
      expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
    }
    expect((await acquireLock(directory.path)).term).toBe(2);
  });

  test('has its text as soon as it is there, so that who is killed over it counts as gone at once', async () => {
    await using directory = await temporaryDirectory();
    const module = new URL('../../../../src/core/sweepDirectory/lock.ts', import.meta.url);
    const script = `
      import { existsSync } from 'node:fs';
      import { acquireLock } from '${module}';
      const dieOverIt = () => {
        if (existsSync('lock/1')) process.kill(process.pid, 'SIGKILL');
        setImmediate(dieOverIt);
      };
      dieOverIt();
      await acquireLock('.');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: directory.path });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
  });

  test('is not held from before this machine was started again, even by the same process id', async () => {
    await using directory = await temporaryDirectory();
    const identity = (await processIdentity(process.pid)) ?? null;
    const yearMs = 366 * 24 * 3600_000;
    leaveLock(
      directory.path,
      1,
      { pid: process.pid, identity, ...thisPlace(), boot: 'an earlier one' },
      yearMs,
    );
    expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
  });

  test('is held elsewhere as long as its holder is heard, and then until somebody says that it is gone', async () => {
    await using directory = await temporaryDirectory();
    const elsewhere = { pid: 12, identity: 'x/1', host: 'elsewhere', boot: 'x', space: null };
    leaveLock(directory.path, 1, elsewhere, 30_000);
    expect(await lockHolder(directory.path)).toEqual({ kind: 'living', pid: 12, host: 'elsewhere' });
    await expect(acquireLock(directory.path, { takeOver: true })).rejects.toMatchObject({ code: 'locked' });
    leaveLock(directory.path, 1, elsewhere, 70_000);
    expect(await lockHolder(directory.path)).toMatchObject({ kind: 'silent', host: 'elsewhere' });
    await expect(acquireLock(directory.path)).rejects.toMatchObject({ code: 'silent' });
    await expect(acquireLock(directory.path)).rejects.toThrow(
      'process 12 on elsewhere, which was last heard of',
    );
    expect((await acquireLock(directory.path, { takeOver: true })).term).toBe(2);
  });

  test('of the first version is respected while its process lives, and replaced when it does not', async () => {
    await using directory = await temporaryDirectory();
    const identity = (await processIdentity(process.pid)) ?? null;
    writeFileSync(directory.at('lock'), JSON.stringify({ pid: process.pid, identity, host: hostname() }));
    await expect(acquireLock(directory.path)).rejects.toMatchObject({ code: 'locked' });
    writeFileSync(
      directory.at('lock'),
      JSON.stringify({ pid: process.pid, identity: 'x/1', host: hostname() }),
    );
    expect(await lockHolder(directory.path)).toEqual({ kind: 'dead' });
    expect((await acquireLock(directory.path)).term).toBe(1);
  });

  test('keeps one old term and no more', async () => {
    await using directory = await temporaryDirectory();
    for (let i = 0; i < 4; i++) await (await acquireLock(directory.path)).release();
    expect(readdirSync(directory.at('lock')).sort()).toEqual(['3', '4']);
    expect(JSON.parse(readFileSync(directory.at('lock', '4'), 'utf8'))).toMatchObject({ released: true });
  });

  test('goes to one of many who try at the same time, each time that its holder dies', async () => {
    await using directory = await temporaryDirectory();
    leaveLock(directory.path, 1, await deadLock());
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(directory.path)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('goes to one of many processes that race for it, again and again', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('sweep'));
    const racers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [racer, directory.at('sweep'), directory.at('held'), '25'], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );
    const codes = await Promise.all(racers.map((child) => once(child, 'exit')));
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0]);
    const { term } = await acquireLock(directory.at('sweep'));
    expect(term).toBe(4 * 25 + 1);
    rmSync(directory.at('sweep'), { recursive: true });
  });
});
