import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { lstat, mkdir, realpath, rename } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { MultirunError, systemCode } from '../errors.ts';
import type { ParamMap } from '../run.ts';
import { clearGiven, type Input, ignoreMissing, placeInputs } from './inputs.ts';
import { attemptNames, runNames, sweepNames } from './layout.ts';

/** What {@link prepareRunDirectory} needs. */
export interface RunToPrepare {
  /** Where the sweep's inputs are kept. */
  readonly store: string;
  /** Absolute path of the run directory. */
  readonly place: string;
  /** How many processes were started for the run so far. */
  readonly attempts: number;
  readonly params: ParamMap;
  readonly inputs: readonly Input[];
  /** The files that are filled in once the directory is ready. */
  readonly templates: readonly { readonly name: string }[];
}

/**
 * Makes a run's directory ready for its next attempt: `params.json` and the inputs, all but the templates; what an earlier attempt left goes to
 * `attempts/N`. Whatever a writer that died in the middle of this has left is brought to an end first.
 */
export async function prepareRunDirectory(run: RunToPrepare): Promise<void> {
  const { store, place, params, inputs } = run;
  // Synchronous on purpose: mkdir and a small write are several times cheaper than their promise forms.
  if (!makeDirectory(place)) await emptyDirectory(run);
  writeFileSync(`${place}${sep}${runNames.params}`, `${JSON.stringify(params)}\n`);
  if (inputs.length > 0) await placeInputs(store, place, inputs);
}

/** Makes the directory of all run directories where somebody has deleted it, for space say: without it no run can start. */
export async function mendRunDirectories(sweepDirectory: string): Promise<void> {
  await mkdir(join(sweepDirectory, sweepNames.runDirectories)).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
}

/**
 * Whether a process was started after the last one that is known of: its log is there, and the log of the known one has
 * been put away.
 */
export function hasLaunched(place: string, attempts: number): boolean {
  return (
    existsSync(join(place, runNames.stdout)) && (attempts === 0 || existsSync(archiveOf(place, attempts)))
  );
}

/** Where what an attempt left is kept once the next one begins. */
export function archiveOf(place: string, attempt: number | string): string {
  return join(place, runNames.attempts, String(attempt));
}

async function emptyDirectory({ place, attempts, inputs, templates }: RunToPrepare): Promise<void> {
  const given = [...inputs, ...templates].map(({ name }) => name);
  await refuseDetours(place, given);
  // Under this name until it is complete, so that an archive that is there says that its logs have moved.
  const unfinished = archiveOf(place, `.${attempts}`);
  const left = attemptNames.filter((name) => existsSync(join(place, name)));
  if (left.length === 0 && !existsSync(unfinished)) return clearGiven(place, undefined, given);
  await mkdir(unfinished, { recursive: true });
  for (const name of left) await ignoreMissing(rename(join(place, name), join(unfinished, name)));
  await clearGiven(place, unfinished, given);
  // A process that never came to be has no number of its own.
  let name = String(attempts);
  for (let again = 2; existsSync(archiveOf(place, name)); again++) name = `${attempts}-${again}`;
  await rename(unfinished, archiveOf(place, name));
}

/** A program may have put a symbolic link where a run directory, or one of its inputs, was: nothing is written through it. */
async function refuseDetours(place: string, given: readonly string[]): Promise<void> {
  if ((await lstat(place)).isSymbolicLink()) {
    throw new MultirunError(
      'invalid-argument',
      `${place} is a link to somewhere else, and no run directory; remove it to run this run`,
    );
  }
  const home = await realpath(place);
  for (const name of given) {
    const folder = dirname(join(place, name));
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || real === home || real.startsWith(`${home}${sep}`)) continue;
    throw new MultirunError(
      'invalid-argument',
      `${folder} has become a link to ${real}, outside the run directory; remove it to run this run again`,
    );
  }
}

/** Returns false where it exists. */
function makeDirectory(place: string): boolean {
  try {
    mkdirSync(place);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
