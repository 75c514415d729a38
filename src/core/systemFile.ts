import { closeSync, openSync, readSync } from 'node:fs';
import { systemCode } from './errors.ts';

/** What the kernel answers where there is no such file any more, or none for us. */
const absent: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  // A process that ends, and a cgroup that goes.
  'ESRCH',
  'ENODEV',
]);

/** Grows to the longest file that was read. */
let buffer = Buffer.allocUnsafe(4096);

/**
 * The text of a file of the kernel; undefined where there is none, or none that we may read. Such files tell no size: Node's
 * own reading takes 64 kB for each, which costs more than the file, and one is read at the start of every run.
 */
export function readSystemFile(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      return readAll(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (absent.has(systemCode(error))) return undefined;
    throw error;
  }
}

function readAll(file: number): string {
  let size = 0;
  for (;;) {
    const read = readSync(file, buffer, size, buffer.length - size, null);
    if (read === 0) return buffer.toString('utf8', 0, size);
    size += read;
    if (size === buffer.length) buffer = Buffer.concat([buffer], 2 * size);
  }
}
