import { constants } from 'node:fs';
import { cp, lstat, mkdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { MultirunError, systemCode } from '../errors.ts';
import { unreachable } from '../unreachable.ts';
import type { SweepHeader } from './header.ts';
import { sweepNames } from './layout.ts';

/** An input file of a sweep: absolute path, linkage, and its name or relative path in each run directory. */
export type Input = SweepHeader['inputs'][number];

/** Makes the one copy of each input that runs share. Throws a MultirunError `missing-input` for what does not exist. */
export async function storeSharedInputs(sweepDirectory: string, inputs: readonly Input[]): Promise<void> {
  for (const input of inputs) {
    if (!(await stat(input.path).catch(() => undefined))) {
      throw new MultirunError('missing-input', `the input file ${input.path} does not exist`);
    }
    if (input.linkage === 'shared') await copy(input.path, sharedPath(sweepDirectory, input));
  }
}

/** Puts the inputs into a run directory that has none yet. */
export async function placeInputs(
  sweepDirectory: string,
  runDirectory: string,
  inputs: readonly Input[],
): Promise<void> {
  for (const input of inputs) {
    const place = join(runDirectory, input.name);
    await mkdir(dirname(place), { recursive: true });
    switch (input.linkage) {
      case 'copy':
        await copy(input.path, place);
        break;
      case 'shared':
        // Relative, so that a sweep directory can be moved or copied as a whole.
        await link(relative(dirname(place), sharedPath(sweepDirectory, input)), place, input.path);
        break;
      case 'link':
        await link(input.path, place, input.path);
        break;
      default:
        unreachable(input.linkage);
    }
  }
}

/**
 * Takes what a run was given (its inputs and filled-in templates, by name) out of its directory again. Links are removed.
 * Anything else (a copy, or what a program has put in a link's place) is moved to `archive`; without one no program has
 * run there, and it is removed.
 */
export async function clearGiven(
  runDirectory: string,
  archive: string | undefined,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const place = join(runDirectory, name);
    const found = await lstat(place).catch(() => undefined);
    if (found === undefined) continue;
    if (archive === undefined || found.isSymbolicLink()) {
      await rm(place, { recursive: true, force: true });
    } else {
      await mkdir(dirname(join(archive, name)), { recursive: true });
      await rename(place, join(archive, name));
    }
  }
}

/** Awaits an operation on a file that need not exist. */
export async function ignoreMissing(operation: Promise<void>): Promise<void> {
  try {
    await operation;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** Where an input can be read from: the sweep's own copy where it has one, else the original. */
export function storedInput(sweepDirectory: string, input: Input): string {
  return input.linkage === 'shared' ? sharedPath(sweepDirectory, input) : input.path;
}

function sharedPath(sweepDirectory: string, input: Input): string {
  return join(sweepDirectory, sweepNames.inputs, input.name);
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, {
    recursive: true,
    errorOnExist: true,
    force: false,
    preserveTimestamps: true,
    mode: constants.COPYFILE_FICLONE,
    dereference: true,
  });
}

async function link(target: string, place: string, original: string): Promise<void> {
  const type = process.platform === 'win32' && (await stat(original)).isDirectory() ? 'junction' : 'file';
  await symlink(target, place, type);
}
