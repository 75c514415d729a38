import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { designOf, type SweepDesign } from './analysis/design.ts';
import { readDataFiles } from './dataFiles.ts';
import { systemCode } from './errors.ts';
import { revisionDirectory, sweepNames } from './sweepDirectory/layout.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { parseSweepFile } from './sweepFile/parseSweepFile.ts';

/**
 * How the runs of a sweep belong together, from the sweep file that its directory keeps. Without one, or where it cannot be
 * understood any more, each run stands for itself.
 */
export async function readDesign({ directory, header, state }: SweepView): Promise<SweepDesign> {
  const path = join(revisionDirectory(directory, state.revision), sweepNames.sweepFile);
  const single: SweepDesign = { replicates: 1, saltelli: undefined };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // A sweep that a program made has no sweep file.
    if (systemCode(error) === 'ENOENT') return single;
    throw error;
  }
  const { dataFiles } = parseSweepFile(text, { path });
  const home = dirname(header.sweepFile ?? path);
  const files = await readDataFiles(
    dataFiles.map((file) => file.path),
    home,
  );
  const { file } = parseSweepFile(text, { path, files });
  return file === undefined ? single : designOf(file.space);
}
