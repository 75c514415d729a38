#!/usr/bin/env node
import { runCli } from './program.ts';

// Whoever reads our output may stop reading, and a terminal may go away; the sweep goes on and is recorded all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

// A limit on the size of files fails the write that meets it, which is told; it is not to end the sweep.
process.on('SIGXFSZ', () => {});

process.exitCode = await runCli(process.argv.slice(2));
