#!/usr/bin/env node
import { runCli } from './program.ts';

// Whoever reads our output may stop reading; the sweep goes on and is recorded all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2));
