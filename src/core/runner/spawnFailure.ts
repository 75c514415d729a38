import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { systemCode } from '../errors.ts';

/**
 * Why a program could not be started, where a shell ended with 126 or 127 for that; undefined when the program is there,
 * so that the code must be its own.
 */
export async function explainSpawnFailure(
  program: string,
  directory: string,
  path: string,
): Promise<string | undefined> {
  if (program.includes('/')) return explainPath(program, resolve(directory, program));
  for (const folder of path.split(delimiter)) {
    if ((await explainPath(program, resolve(directory, join(folder, program)))) === undefined)
      return undefined;
  }
  return `${program}: not found in any folder of PATH`;
}

async function explainPath(program: string, file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).isDirectory()) return `${program}: ${file} is a directory`;
    await access(file, constants.X_OK);
    return undefined;
  } catch (error) {
    return systemCode(error) === 'EACCES'
      ? `${program}: ${file} is not executable`
      : `${program}: ${file} does not exist`;
  }
}
