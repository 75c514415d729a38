import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { ParamMap } from '../run.ts';
import type { SweepHeader } from './header.ts';
import { type Input, placeInputs } from './inputs.ts';
import { runDirectory, runNames, sweepNames } from './layout.ts';
import { templateFiller } from './templates.ts';

/** What {@link createTryDirectory} needs. */
export interface TryOptions {
  readonly sweepDirectory: string;
  readonly header: SweepHeader;
  readonly run: number;
  readonly params: ParamMap;
  /** Whether shared inputs are taken as their originals are now, and not as the sweep was given them. */
  readonly fromOriginals?: boolean;
}

/** A larger input is linked. */
const largestCopied = 1_000_000;

/**
 * Makes a fresh directory beside a run's own, `runs/07-try-1`, with the same parameters and inputs, for trying the run again
 * without touching what it left. Small shared inputs are copies here: a debugger knows each of them by one path, while a
 * link has two. Returns its path.
 */
export async function createTryDirectory(options: TryOptions): Promise<string> {
  const { sweepDirectory, header, run, params } = options;
  const directory = await freshDirectory(runDirectory(sweepDirectory, run, header.size));
  await writeFile(join(directory, runNames.params), `${JSON.stringify(params)}\n`);
  const others: Input[] = [];
  for (const input of header.inputs) {
    if (await copied(options, input, directory)) continue;
    const isOriginal = options.fromOriginals === true && input.linkage === 'shared';
    others.push(isOriginal ? { ...input, linkage: 'link' } : input);
  }
  await placeInputs(sweepDirectory, directory, others);
  if (header.templates.length > 0) await templateFiller(sweepDirectory, header.templates)(directory, params);
  return directory;
}

async function copied(
  { sweepDirectory, fromOriginals = false }: TryOptions,
  { path, linkage, name }: Input,
  directory: string,
): Promise<boolean> {
  if (linkage !== 'shared') return false;
  const from = fromOriginals ? path : join(sweepDirectory, sweepNames.inputs, name);
  const found = await stat(from);
  if (!found.isFile() || found.size > largestCopied) return false;
  const place = join(directory, name);
  await mkdir(dirname(place), { recursive: true });
  await copyFile(from, place);
  return true;
}

async function freshDirectory(beside: string): Promise<string> {
  for (let number = 1; ; number++) {
    const directory = `${beside}-try-${number}`;
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}
