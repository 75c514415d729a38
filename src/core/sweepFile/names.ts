import { posix, win32 } from 'node:path';

/** Why a sweep cannot have this name, or undefined when it can: the name becomes a directory on any system. */
export function sweepNameProblem(name: string): string | undefined {
  if (name === '') return 'an empty name';
  if (name === '.' || name === '..') return `"${name}" is no name for a directory`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a name.
  const odd = /[/\\<>:"|?*\u0000-\u001F\u007F]/.exec(name);
  if (odd !== null)
    return `the name becomes a directory, and ${JSON.stringify(odd[0])} cannot be in its name`;
  if (/^\s|[\s.]$/.test(name)) return 'a name neither begins nor ends with a space, nor ends with a dot';
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name))
    return `"${name}" is the name of a device on Windows`;
  if (name.length > 100) return 'a name has at most 100 characters';
  return undefined;
}

/** The name of a sweep whose file gives none, from the path of the file: `lander.sweep.yaml` is "lander". */
export function defaultSweepName(path: string): string {
  const { basename, dirname } = path.includes('\\') && !path.includes('/') ? win32 : posix;
  const file = basename(path).replace(/\.ya?ml$/i, '');
  const name =
    file === 'sweep' || file === '.sweep' ? basename(dirname(path)) : file.replace(/\.sweep$/i, '');
  return sweepNameProblem(name) === undefined ? name : 'sweep';
}

/** Why a path cannot be meant as it is written, or undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'an empty path';
  if (/^~(\/|$)/.test(path)) return '"~" is not replaced by the home directory; write the whole path';
  return path.length > longestPath ? `a path has at most ${longestPath} characters` : undefined;
}

/** As on Linux; other systems allow less. */
const longestPath = 4096;
