import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readDataFiles } from './dataFiles.ts';
import { MultirunError, systemCode } from './errors.ts';
import { refineSweepFile } from './refine/refineSweepFile.ts';
import type { Region } from './refine/region.ts';
import { revisionDirectory, sweepNames } from './sweepDirectory/layout.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { parseSweepFile } from './sweepFile/parseSweepFile.ts';

/**
 * Writes a new sweep file beside the one that a sweep was made from: it looks closer at the region that some of its runs span, and
 * at what was `marked`, by the names of parameters. `lander.sweep.yaml` gives `lander-2.sweep.yaml`, or the next number that is
 * free. Returns its path.
 *
 * Throws a MultirunError: `invalid-argument` without runs or without a sweep file, `missing-input` where its folder is gone,
 * `invalid-sweep-file` where it cannot be understood any more.
 */
export async function refineSweep(
  view: SweepView,
  runs: readonly number[],
  marked: ReadonlyMap<string, Region> = new Map(),
): Promise<string> {
  const { directory, header, state } = view;
  if (runs.length === 0)
    throw new MultirunError('invalid-argument', 'select the runs to look closer at first');
  if (header.sweepFile === null) {
    throw new MultirunError(
      'invalid-argument',
      `the sweep “${header.name}” was made by a program, without a sweep file that a new one could be made from`,
    );
  }
  const home = dirname(header.sweepFile);
  const text = await readFile(
    join(revisionDirectory(directory, state.revision), sweepNames.sweepFile),
    'utf8',
  );
  const { dataFiles } = parseSweepFile(text, { path: header.sweepFile });
  const files = await readDataFiles(
    dataFiles.map(({ path }) => path),
    home,
  );
  const count = runs.length === 1 ? 'one run' : `${runs.length} runs`;
  const stem = stemOf(header.sweepFile);
  for (let number = 2; ; number++) {
    const refined = refineSweepFile(text, {
      path: header.sweepFile,
      files,
      runs: runs.map((run) => view.params(run)),
      marked,
      suffix: `-${number}`,
      heading: `Looks closer at ${count} of ${basename(header.sweepFile)}, as launched into ${basename(directory)}.`,
    });
    const path = join(home, `${stem}-${number}.sweep.yaml`);
    try {
      await writeFile(path, refined, { flag: 'wx' });
      return path;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') continue;
      if (systemCode(error) !== 'ENOENT') throw error;
      throw new MultirunError(
        'missing-input',
        `the folder ${home}, where the sweep file was and a new one would find its files, does not exist any more`,
        { cause: error },
      );
    }
  }
}

/** `lander` of `lander.sweep.yaml`; of a plain `sweep.yaml`, its folder's name. */
function stemOf(path: string): string {
  const stem = basename(path).replace(/\.ya?ml$/, '');
  return stem === 'sweep' ? basename(dirname(path)) || 'sweep' : stem.replace(/\.sweep$/, '');
}
