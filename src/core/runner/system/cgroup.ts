import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { readSystemFile } from '../../systemFile.ts';
import type { SystemPlaces } from './places.ts';

/** The memory controller's directories that bound this process, and so everything that it starts. */
export interface MemoryCgroups {
  readonly version: 1 | 2;
  /** From its own up to the one below the root, or to the root of its container. */
  readonly directories: readonly string[];
}

/** Finds the memory cgroups of this process; undefined where there are none. See cgroups(7). */
export function memoryCgroups({ proc, cgroups }: SystemPlaces): MemoryCgroups | undefined {
  const lines = (readSystemFile(`${proc}/self/cgroup`) ?? '').split('\n').map((line) => line.split(':'));
  const first = lines.find(([, controllers]) => controllers?.split(',').includes('memory'));
  // In a hybrid hierarchy memory is where version 1 has it.
  if (first) return { version: 1, directories: upwards(`${cgroups}/memory`, pathOf(first)) };
  const unified = lines.find(([id, controllers]) => id === '0' && controllers === '');
  return unified && { version: 2, directories: upwards(cgroups, pathOf(unified)) };
}

function pathOf(fields: readonly string[]): string {
  return fields.slice(2).join(':');
}

function upwards(root: string, path: string): string[] {
  const directories: string[] = [];
  for (let below = posix.join('/', path); ; below = posix.dirname(below)) {
    const directory = below === '/' ? root : `${root}${below}`;
    // A path that a container sees need not exist in what it has mounted.
    if (existsSync(directory)) directories.push(directory);
    if (below === '/') return directories;
  }
}
