import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SweepHeader } from '../sweepDirectory/header.ts';
import { sweepNames } from '../sweepDirectory/layout.ts';

/** Where a run ran, for reading the paths in its logs. */
export interface RunPlace {
  readonly sweepDirectory: string;
  /** Relative paths start here. */
  readonly runDirectory: string;
  readonly inputs: SweepHeader['inputs'];
  /** The home directory, for which Julia writes "~". */
  readonly home: string;
}

/** A file that a log names. */
export interface SourceFile {
  /** The file that a person edits: for an input of the sweep, its original. Absolute. */
  readonly path: string;
  /** What the run used of it: the sweep's or the run's own copy; `path` itself where it used the original. */
  readonly used: string;
}

/** Finds the file that a path in a log stands for; what lies in a run directory or among its inputs leads to the original. */
export function sourceOf(file: string, place: RunPlace): SourceFile {
  const { sweepDirectory, runDirectory, inputs } = place;
  const path = absolute(file, place);
  for (const folder of [runDirectory, join(sweepDirectory, sweepNames.inputs)]) {
    const inside = relative(folder, path);
    if (inside.startsWith('..')) continue;
    const name = inside.split(sep).join('/');
    for (const input of inputs) {
      if (name !== input.name && !name.startsWith(`${input.name}/`)) continue;
      const original = join(input.path, name.slice(input.name.length));
      return { path: original, used: usedOf(input, name, original, place) };
    }
  }
  return { path, used: path };
}

function absolute(file: string, { runDirectory, home }: RunPlace): string {
  if (file.startsWith('file://')) {
    try {
      return fileURLToPath(file);
    } catch {
      // It only looks like a URL.
    }
  }
  if (file.startsWith('~/')) return join(home, file.slice(2));
  return resolve(runDirectory, file);
}

function usedOf(
  { linkage }: SweepHeader['inputs'][number],
  name: string,
  original: string,
  { sweepDirectory, runDirectory }: RunPlace,
): string {
  if (linkage === 'link') return original;
  return linkage === 'copy' ? join(runDirectory, name) : join(sweepDirectory, sweepNames.inputs, name);
}
