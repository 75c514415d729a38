import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import { isImageName, largestImage } from '../run/imageFiles.ts';

const deepest = 4;
/** A run that draws more is shown by these. */
const mostImages = 200;

/**
 * The names of the images in a run directory: paths relative to it, with "/". What an earlier attempt left and what the run was
 * given (`inputs`) is not the run's. A directory that does not exist has none.
 */
export async function imagesOf(directory: string, inputs: ReadonlySet<string>): Promise<string[]> {
  const images: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (name === runNames.attempts || inputs.has(name) || images.length >= mostImages) continue;
      if (entry.isDirectory() && depth < deepest) await walk(name, depth + 1);
      else if (!entry.isDirectory() && isImageName(name)) images.push(name);
    }
  };
  await walk('', 1);
  return images;
}

/** When an image was last changed, in ms since the epoch; undefined where it is not there, or too large to be drawn. */
export async function changedAt(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() && found.size <= largestImage ? found.mtimeMs : undefined;
}
