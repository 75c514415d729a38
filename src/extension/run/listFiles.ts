import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { SweepHeader } from '../../core/sweepDirectory/header.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import { formatSize } from '../text/format.ts';
import { isImageName, largestImage } from './imageFiles.ts';
import type { RunFile } from './protocol.ts';

const mostFiles = 400;
const deepest = 4;
const filesAtOnce = 16;

/** The files of a run directory. */
export interface RunFiles {
  /** What the run made first, then what Multirun keeps there and what it was given. */
  readonly files: readonly RunFile[];
  /** Whether there are more. */
  readonly isCut: boolean;
  /** The pictures among them, each with the time of its last change in ms. */
  readonly images: readonly { readonly name: string; readonly changedAt: number }[];
}

/** Lists the files of a run directory; one that does not exist has none. */
export async function listFiles(directory: string, inputs: SweepHeader['inputs']): Promise<RunFiles> {
  const inputNames = new Set(inputs.map(({ name }) => name));
  const names: { readonly name: string; readonly isFolder: boolean }[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => collator.compare(a.name, b.name))) {
      if (names.length > mostFiles) return;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      // An earlier attempt's files are told with it.
      if (name === runNames.attempts) continue;
      const goesOn = entry.isDirectory() && depth < deepest && !inputNames.has(name);
      if (goesOn) await walk(name, depth + 1);
      else names.push({ name, isFolder: entry.isDirectory() });
    }
  };
  await walk('', 1);
  const queue = new PQueue({ concurrency: filesAtOnce });
  const images: { name: string; changedAt: number }[] = [];
  const files = await queue.addAll(
    names.slice(0, mostFiles).map(({ name, isFolder }) => async (): Promise<RunFile> => {
      const found = await stat(join(directory, name)).catch(() => undefined);
      const size = found === undefined || isFolder || found.isDirectory() ? '' : formatSize(found.size);
      if (inputNames.has(name)) return { name, kind: 'input', size };
      if (isFolder) return { name, kind: 'folder', size };
      if (found === undefined || !isImageName(name) || found.size > largestImage)
        return { name, kind: 'file', size };
      images.push({ name, changedAt: found.mtimeMs });
      return { name, kind: 'image', size };
    }),
  );
  return {
    files: files.sort((a, b) => rank(a) - rank(b)),
    isCut: names.length > mostFiles,
    images: images.sort((a, b) => collator.compare(a.name, b.name)),
  };
}

const collator = new Intl.Collator(undefined, { numeric: true });
const own: ReadonlySet<string> = new Set(Object.values(runNames));

function rank({ name, kind }: RunFile): number {
  if (kind === 'input') return 2;
  return own.has(name) ? 1 : 0;
}
