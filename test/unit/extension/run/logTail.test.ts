import { appendFile, rename, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { tailLog } from '../../../../src/extension/run/logTail.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

describe('the end of a log', () => {
  test('is told once, and then what it gains', async () => {
    await using folder = await temporaryDirectory();
    const path = folder.at('stdout.log');
    await writeFile(path, 'one\ntwo\n');
    const tail = tailLog(path);
    expect(await tail.read()).toEqual({ how: 'begin', text: 'one\ntwo\n', isCut: false, size: 8 });
    expect(await tail.read()).toBeUndefined();
    await appendFile(path, 'three');
    expect(await tail.read()).toEqual({ how: 'append', text: 'three', isCut: false, size: 13 });
  });

  test('may not exist yet', async () => {
    await using folder = await temporaryDirectory();
    const path = folder.at('stdout.log');
    const tail = tailLog(path);
    expect(await tail.read()).toEqual({ how: 'begin', text: '', isCut: false, size: 0 });
    expect(await tail.read()).toBeUndefined();
    await writeFile(path, 'first');
    expect(await tail.read()).toMatchObject({ how: 'begin', text: 'first' });
  });

  test('begins anew when another attempt writes another log', async () => {
    await using folder = await temporaryDirectory();
    const path = folder.at('stdout.log');
    await writeFile(path, 'the old one, which is longer\n');
    const tail = tailLog(path);
    await tail.read();
    await rename(path, folder.at('moved'));
    await writeFile(path, 'the new one\n');
    expect(await tail.read()).toMatchObject({ how: 'begin', text: 'the new one\n' });
  });

  test('is all of a large log, from the beginning of a line', async () => {
    await using folder = await temporaryDirectory();
    const path = folder.at('stdout.log');
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index}\n`);
    await writeFile(path, lines.join(''));
    const part = await tailLog(path).read();
    expect(part?.isCut).toBe(true);
    expect(part?.text).toMatch(/^line \d+\n/);
    expect(part?.text.endsWith('line 49999\n')).toBe(true);
    expect(part?.text.length).toBeLessThan(70_000);
  });

  test('keeps a character whole that comes in two parts', async () => {
    await using folder = await temporaryDirectory();
    const path = folder.at('stdout.log');
    const euro = Buffer.from('€');
    await writeFile(path, euro.subarray(0, 2));
    const tail = tailLog(path);
    await tail.read();
    await appendFile(path, euro.subarray(2));
    expect((await tail.read())?.text).toBe('€');
  });
});
