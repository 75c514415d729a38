// Takes and releases a sweep's lock many times, beside others who do the same: node lockRacer.ts SWEEP WITNESS TIMES.
// The witness is a directory that exists while the lock is held; making it twice at a time fails. So does ending otherwise than with 0.
import { mkdirSync, rmdirSync } from 'node:fs';
import { acquireLock } from '../../src/core/sweepDirectory/lock.ts';

const [sweep = '', witness = '', times] = process.argv.slice(2);
for (let held = 0; held < Number(times); ) {
  try {
    const lock = await acquireLock(sweep);
    mkdirSync(witness);
    await new Promise((resolve) => setImmediate(resolve));
    rmdirSync(witness);
    held += 1;
    await lock.release();
  } catch (error) {
    if ((error as { code?: string }).code !== 'locked') throw error;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
