import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDirectory } from '../../../../src/core/sweepDirectory/layout.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { runValuesReader } from '../../../../src/core/sweepDirectory/runValues.ts';
import { recordedSweep } from '../../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

test('reads what goes into runs and comes out of them, and says what cannot be read', async () => {
  await using directory = await temporaryDirectory();
  const large = Array.from({ length: 30_000 }, (_, index) => index);
  const sweep = await recordedSweep(directory.path, 'study', [
    { params: { x: 1 }, results: { y: 'ü' } },
    { params: { x: 2 } },
    { params: { x: 3 }, results: { y: large } },
    { params: { x: 4 } },
    { params: { x: 5 } },
    { params: { x: 6 }, results: { y: 7 } },
    { params: { x: 7 } },
  ]);
  const place = (run: number) => runDirectory(sweep, run, 7);
  for (const run of [1, 3, 4, 6]) mkdirSync(place(run));
  writeFileSync(join(place(3), 'results.json'), '{"y": 1,');
  writeFileSync(join(place(6), 'results.json'), '{"y": NaN}\n');
  // What nobody writes to would keep a reader waiting for ever.
  execFileSync('mkfifo', [join(place(4), 'results.json')]);

  const read = runValuesReader(await openSweep(sweep));
  expect(read(0)).toEqual({ params: { x: 1 }, results: { y: 'ü' }, problem: undefined });
  expect(read(1)).toEqual({ params: { x: 2 }, results: undefined, problem: undefined });
  expect(read(2)).toEqual({ params: { x: 3 }, results: { y: large }, problem: undefined });
  expect(read(3)).toMatchObject({ params: { x: 4 }, results: undefined });
  expect(read(3).problem).toMatch(/JSON/);
  expect(read(4)).toMatchObject({ params: { x: 5 }, results: undefined });
  expect(read(4).problem).toBeDefined();
  expect(read(5)).toEqual({ params: { x: 6 }, results: { y: 7 }, problem: undefined });
  expect(read(6)).toEqual({ params: { x: 7 }, results: { y: 'NaN' }, problem: undefined });
});
