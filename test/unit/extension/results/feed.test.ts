import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SweepEvent } from '../../../../src/core/event.ts';
import { readResults } from '../../../../src/core/exportResults.ts';
import type { Chunk } from '../../../../src/core/resultsTable/chunk.ts';
import { decodeChunk } from '../../../../src/core/resultsTable/chunkBytes.ts';
import { cellAt } from '../../../../src/core/resultsTable/column.ts';
import { applyChunk, emptyTable, type ResultsTable } from '../../../../src/core/resultsTable/table.ts';
import { encodeEvent } from '../../../../src/core/sweepDirectory/journalFormat.ts';
import { runDirectory } from '../../../../src/core/sweepDirectory/layout.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../../../../src/core/sweepDirectory/sweepView.ts';
import { createFeed } from '../../../../src/extension/results/feed.ts';
import type { ToldRuns } from '../../../../src/extension/results/readChunks.ts';
import { recordedSweep } from '../../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const program = new URL('../../../../src/extension/results/chunksWorker.ts', import.meta.url);
const total = 300;

test('a page is told a few runs at once and the rest in files, which are gone when it has them', async () => {
  await using directory = await temporaryDirectory();
  const view = await largeSweep(directory.path);
  writeFileSync(join(runDirectory(view.directory, 200, total), 'results.json'), '{"y":');
  const folder = directory.at('chunks');
  const told: string[] = [];
  const table = emptyTable(['large']);
  const feed = createFeed(view, { program, folder }, async (runs) => {
    told.push('file' in runs ? 'file' : 'message');
    applyChunk(table, 0, await chunkOf(runs));
  });

  await feed.next();
  expect(told.slice(0, 2)).toEqual(['message', 'file']);
  expect(new Set(told.slice(1))).toEqual(new Set(['file']));
  expect(readdirSync(folder)).toEqual([]);
  expect([...feed.problems.keys()]).toEqual([200]);
  expect(rowsOf(table)).toEqual(rowsOf((await readResults([view], 0)).table));

  // Later only what has changed is told.
  const again: SweepEvent = { type: 'requeued', run: 7, at: 1, why: 'asked' };
  appendFileSync(join(view.directory, 'journal.jsonl'), encodeEvent(again));
  await view.refresh();
  told.length = 0;
  await feed.next();
  expect(told).toEqual(['message']);
  expect(cellAt(table.columns.get('run:status')!, 7)).toBe('pending');
  feed.dispose();
});

test('runs come as messages where no file can be written', async () => {
  await using directory = await temporaryDirectory();
  const view = await largeSweep(directory.path);
  writeFileSync(directory.at('taken'), '');
  const table = emptyTable(['large']);
  const feed = createFeed(view, { program, folder: directory.at('taken') }, async (runs) => {
    expect(runs).toHaveProperty('chunk');
    applyChunk(table, 0, await chunkOf(runs));
  });
  await feed.next();
  expect(table.size).toBe(total);
  feed.dispose();
});

test('a page that is closed is told no more', async () => {
  await using directory = await temporaryDirectory();
  const view = await largeSweep(directory.path);
  let runs = 0;
  const feed = createFeed(view, { program, folder: directory.at('chunks') }, async (told) => {
    runs += (await chunkOf(told)).runs.length;
    feed.dispose();
  });
  await feed.next();
  expect(runs).toBeLessThan(total);
  const before = runs;
  await feed.next();
  expect(runs).toBe(before);
});

async function largeSweep(folder: string): Promise<SweepView> {
  const runs = Array.from({ length: total }, (_, run) => ({
    params: { x: run / 7 },
    results: { y: run * 3 },
  }));
  return openSweep(await recordedSweep(folder, 'large', runs));
}

/** What is told is only lent. */
async function chunkOf(told: ToldRuns): Promise<Chunk> {
  if ('chunk' in told) return structuredClone(told.chunk);
  expect(existsSync(told.file)).toBe(true);
  return decodeChunk(Uint8Array.from(readFileSync(told.file)).buffer);
}

function rowsOf(table: ResultsTable): unknown[] {
  return Array.from({ length: table.size }, (_, row) => [
    table.runOf[row],
    ...Array.from(table.columns.values(), (column) => [column.key, cellAt(column, row)]),
  ]);
}
