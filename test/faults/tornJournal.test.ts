import { cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { multirun } from '../../src/core/multirun.ts';
import { sweepNames } from '../../src/core/sweepDirectory/layout.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { resumeAndJudge } from './rig/sweepUnderFault.ts';
import { witness } from './rig/witness.ts';

const fault = 'Journal torn at a byte of its last line';

test.each(['started', 'succeeded'])(
  'a journal that ends anywhere in a line "%s" is resumed, and nothing runs a second time',
  async (type) => {
    await using home = await temporaryDirectory();
    const whole = home.at('whole');
    const testimony = witness(home.at('witness'));
    await multirun({
      runs: Array.from({ length: 3 }, (_, x) => ({ x })),
      cmd: testimony.cmd(0),
      outputPath: whole,
    });
    const journal = readFileSync(join(whole, sweepNames.journal), 'utf8');
    // From the last line of this kind on, nothing was written.
    const from = journal.lastIndexOf('\n', journal.lastIndexOf(`"type":"${type}"`)) + 1;
    const to = journal.indexOf('\n', from) + 1;
    expect(from).toBeGreaterThan(0);
    for (let size = from; size <= to; size++) {
      const directory = home.at('torn');
      cpSync(whole, directory, { recursive: true, preserveTimestamps: true });
      truncateSync(join(directory, sweepNames.journal), size);
      await resumeAndJudge({ fault, directory, testimony });
      const isTorn = size > from && size < to;
      expect((await openSweep(directory)).problems).toHaveLength(isTorn ? 1 : 0);
      rmSync(directory, { recursive: true });
    }
  },
);
