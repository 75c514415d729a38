import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { multirunAsync } from '../../src/core/multirun.ts';
import { createRunner } from '../../src/core/runner/runnerTypes.ts';
import { describe, expect, test } from './rig/cluster.ts';

describe('a sweep on Slurm', () => {
  test('runs 500 runs', async ({ cluster }) => {
    const outputPath = await cluster.folder();
    const sweep = await multirunAsync({
      cmd: ['sh', '-c', 'echo "$1"; echo problem >&2; exit $(($1 % 100 == 7))', 'sh', '${x}'],
      runs: Array.from({ length: 500 }, (_, x) => ({ x })),
      outputPath,
      runner: createRunner({ type: 'slurm', maxParallel: 500, options: {}, env: cluster.env }),
    });
    const state = await sweep.finished;
    expect(state.counts).toMatchObject({ success: 495, failure: 5 });
    expect(await readFile(join(outputPath, 'runs/123/stdout.log'), 'utf8')).toBe('123\n');
  });
});
