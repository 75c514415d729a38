import { wantsColors } from '../core/displayStatus.ts';
import { systemCode } from '../core/errors.ts';
import { formatDiagnostic } from '../core/formatDiagnostic.ts';
import { type LoadedSweepFile, loadSweepFile } from '../core/loadSweepFile.ts';

/** Problems after so many help nobody to begin. */
const mostShown = 20;

/** A sweep file without errors. */
export type RunnableSweepFile = LoadedSweepFile & {
  readonly runnable: NonNullable<LoadedSweepFile['runnable']>;
};

/**
 * Reads a sweep file and prints its problems on standard error. Resolves to undefined where nothing can be run; then
 * everything has been said. `seed` is where random choices come from when the file gives none; default: drawn.
 */
export async function openSweepFile(path: string, seed?: number): Promise<RunnableSweepFile | undefined> {
  let loaded: LoadedSweepFile;
  try {
    loaded = await loadSweepFile(path, undefined, seed === undefined ? {} : { seed });
  } catch (error) {
    const reason = reasons[systemCode(error) ?? ''];
    if (reason === undefined) throw error;
    process.stderr.write(`multirun: cannot read the sweep file ${path}: ${reason}\n`);
    return undefined;
  }
  printDiagnostics(loaded, path);
  const { runnable } = loaded;
  return runnable === undefined ? undefined : { ...loaded, runnable };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory; name the sweep file in it',
  EACCES: 'you may not read it',
  ENOTDIR: 'a part of the path is no directory',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
};

function printDiagnostics({ diagnostics, text }: LoadedSweepFile, path: string): void {
  if (diagnostics.length === 0) return;
  const colors = wantsColors(process.stderr);
  const lines = diagnostics
    .slice(0, mostShown)
    .map((diagnostic) => formatDiagnostic(diagnostic, { path, text, colors }));
  if (diagnostics.length > mostShown) lines.push(`… and ${diagnostics.length - mostShown} more problems`);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    lines.push(`${path} has ${errors === 1 ? 'an error' : `${errors} errors`}; nothing was started.`);
  process.stderr.write(`${lines.join('\n')}\n`);
}
