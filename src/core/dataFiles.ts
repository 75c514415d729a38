import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { systemCode } from './errors.ts';
import { largestTable, parseTable, type TableFile } from './sweepFile/tableFile.ts';

interface Remembered {
  readonly changedAt: number;
  readonly size: number;
  readonly file: TableFile;
}

/** A sweep file is looked at again at each keystroke, and what it takes values from rarely changes meanwhile. */
const remembered = new Map<string, Remembered>();
const mostRemembered = 8;

/**
 * Reads the files that a sweep file takes values from. `paths` are as it writes them, `home` is its directory. Never throws:
 * what is wrong with a file is part of the answer.
 */
export async function readDataFiles(
  paths: Iterable<string>,
  home: string,
): Promise<ReadonlyMap<string, TableFile>> {
  const distinct = [...new Set(paths)];
  const files = await Promise.all(distinct.map((path) => readTable(resolve(home, path))));
  return new Map(distinct.map((path, index) => [path, files[index] as TableFile]));
}

async function readTable(path: string): Promise<TableFile> {
  try {
    const { size, mtimeMs: changedAt } = await stat(path);
    const known = remembered.get(path);
    if (known !== undefined && known.size === size && known.changedAt === changedAt) return known.file;
    if (size > largestTable) {
      const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
      return problem('invalid-file', `the file has ${megabytes(size)}, more than ${megabytes(largestTable)}`);
    }
    const file = parseTable(path, await readFile(path, 'utf8'));
    remembered.delete(path);
    remembered.set(path, { changedAt, size, file });
    for (const oldest of remembered.keys()) if (remembered.size > mostRemembered) remembered.delete(oldest);
    return file;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    const name = JSON.stringify(basename(path));
    if (systemCode(error) === 'ENOENT') {
      return problem('missing-input', `the file ${name} does not exist in ${dirname(path)}`);
    }
    return problem('missing-input', `the file ${name} cannot be read: ${(error as Error).message}`);
  }
}

function problem(code: 'missing-input' | 'invalid-file', message: string): TableFile {
  return { kind: 'problem', code, problem: message };
}
