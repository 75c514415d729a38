#!/usr/bin/env node
import process from 'node:process';

/** What the bundle is written for; an older version ends at the first function that it lacks. */
const oldestNode = 22;

// Whoever reads our output may stop reading, and a terminal may go away; the sweep goes on and is recorded all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

// A limit on the size of files fails the write that meets it, which is told; it is not to end the sweep.
process.on('SIGXFSZ', () => {});

if (Number.parseInt(process.versions.node, 10) >= oldestNode) {
  const { runCli } = await import('./program.ts');
  process.exitCode = await runCli(process.argv.slice(2));
} else {
  process.stderr.write(
    `multirun: this is Node ${process.versions.node}, and version ${oldestNode} or newer is needed; in a checkout, "npm run multirun --" brings its own\n`,
  );
  process.exitCode = 2;
}
