// Samples what a process holds in memory once garbage is collected, twice a second, into the file that MULTIRUN_MEMORY names:
// node --expose-gc --import memoryMeter.mjs PROGRAM. One number of bytes a line.
import { appendFileSync } from 'node:fs';

setInterval(() => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  appendFileSync(process.env.MULTIRUN_MEMORY, `${heapUsed + external}\n`);
}, 500).unref();
