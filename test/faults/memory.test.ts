import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { carry } from './rig/carrying.ts';
import { count, isLong } from './rig/figures.ts';
import { orphansOf } from './rig/processes.ts';

const meter = fileURLToPath(new URL('./rig/memoryMeter.mjs', import.meta.url));
const runs = isLong ? 20_000 : 5000;
const mostMegabytes = 10;

test(`the memory of the process that carries ${runs} runs stays flat`, async () => {
  await using home = await temporaryDirectory();
  const samples = home.at('memory');
  const directory = home.at('sweep');
  const { ended } = await carry(['start', directory, String(runs), '4', 'true'], {
    node: ['--expose-gc', '--import', meter],
    env: { MULTIRUN_MEMORY: samples },
  });
  expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
  const { counts } = (await openSweep(directory)).state;
  const orphans = await orphansOf(directory);
  const megabytes = readFileSync(samples, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Number(line) / 1e6);
  // The first fifth is warm-up: what is loaded once, and tables that grow to their size.
  const warm = megabytes.slice(Math.ceil(megabytes.length / 5));
  const median = warm.toSorted((a, b) => a - b)[warm.length >> 1] ?? 0;
  const most = Math.max(...warm.map((sample) => Math.abs(sample - median)));
  console.log(`${runs} runs: within ±${most.toFixed(1)} MB of ${median.toFixed(1)} MB after warm-up`);
  const fault = `A sweep of ${runs.toLocaleString('en')} runs (memory ±${mostMegabytes} MB)`;
  count({ fault, faults: 1, runs, lost: runs - counts.success, twice: 0, orphans: orphans.length });
  expect(warm.length).toBeGreaterThan(2);
  expect(most).toBeLessThan(mostMegabytes);
}, 1_200_000);
