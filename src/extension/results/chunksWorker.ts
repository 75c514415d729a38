import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type Chunk, chunkBuffers, releaseChunk } from '../../core/resultsTable/chunk.ts';
import { encodeChunk } from '../../core/resultsTable/chunkBytes.ts';
import { runsReader } from '../../core/sweepDirectory/runsFile.ts';
import { chunksReader, type RunsOrder, type ToldRuns } from './readChunks.ts';

/** How many runs a piece holds, and after how long it is told with fewer, in ms. */
const mostRuns = 2000;
const longestRead = 250;

/** The thread in which many runs are read: it tells a piece for each message that asks for one, and ends after the last. */
const order = workerData as RunsOrder;
const read = chunksReader(order, runsReader(order.directory));
parentPort?.on('message', (place: number) => {
  const { chunk, problems } = read(mostRuns, longestRead);
  const runs = chunk.runs.slice();
  if (runs.length === 0) return parentPort?.close();
  const file = writeFile(chunk, place);
  const told: ToldRuns = file === undefined ? { chunk } : { file };
  parentPort?.postMessage({ told, runs, problems }, file === undefined ? chunkBuffers(chunk) : []);
});

/** Writes a chunk into a file, and returns its path; undefined where that cannot be, as on a full disk. */
function writeFile(chunk: Chunk, place: number): string | undefined {
  const path = join(order.folder, `${place}.chunk`);
  const bytes = encodeChunk(chunk);
  try {
    mkdirSync(order.folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch {
    return undefined;
  } finally {
    bytes.buffer.transfer(0);
  }
  releaseChunk(chunk);
  return path;
}
