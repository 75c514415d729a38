import { access, constants, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { resolveCommand } from './command/resolveCommand.ts';
import { systemCode } from './errors.ts';
import type { SweepFile } from './sweepFile/sweepFile.ts';

/** A sweep file whose command holds no macro that says what is run; or why there is none, as a sentence. */
export type FoundProgram = { readonly file: SweepFile } | { readonly problem: string };

/**
 * Finds the program of a W&B command. Runs start in their own directories, so a relative path is looked for where a person
 * means it: a file that each run is given by that name, then beside the sweep file. What is no path (a module's name, a
 * command on PATH) stays as it is.
 */
export async function findProgram(file: SweepFile, sweepFilePath: string): Promise<FoundProgram> {
  if (file.program === undefined) return { file };
  const { path, interpreter = await defaultInterpreter(process.env.PATH ?? '') } = file.program;
  const program = path === undefined ? undefined : await placeOf(path, file, dirname(sweepFilePath));
  if (program === 'missing') {
    const place = resolve(dirname(sweepFilePath), path ?? '');
    return { problem: `the program ${JSON.stringify(basename(place))} does not exist in ${dirname(place)}` };
  }
  const cmd = resolveCommand(file.cmd, {
    program: program?.found,
    interpreter,
    platform: process.platform,
  });
  return { file: { ...file, cmd, program: undefined } };
}

async function placeOf(
  path: string,
  { inputFiles, templateFiles }: SweepFile,
  home: string,
): Promise<{ readonly found: string } | 'missing'> {
  const given = [
    ...inputFiles.map(({ path: input, rename }) => rename ?? basename(input)),
    ...templateFiles.map(({ name }) => name),
  ];
  if (given.some((name) => path === name || path.startsWith(`${name}/`))) {
    // Without a slash a program is looked for on PATH, and an interpreter does not mind it.
    return { found: path.includes('/') ? path : `./${path}` };
  }
  const place = resolve(home, path);
  if (await exists(place)) return { found: place };
  return isAbsolute(path) || looksLikeFile(path) ? 'missing' : { found: path };
}

function looksLikeFile(path: string): boolean {
  return /[/\\]/.test(path) || /\.(?:py|r|jl|m|sh|bash|js|cjs|mjs|ts|rb|pl|lua|exe|bat)$/i.test(path);
}

/** `python`, as in W&B; `python3` on systems that have only that. */
async function defaultInterpreter(path: string): Promise<readonly string[]> {
  if (await isOnPath('python', path)) return ['python'];
  return (await isOnPath('python3', path)) ? ['python3'] : ['python'];
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  const endings = process.platform === 'win32' ? ['.exe', '.bat', '.cmd'] : [''];
  for (const folder of path.split(delimiter)) {
    for (const ending of endings) if (await isExecutable(join(folder, program + ending))) return true;
  }
  return false;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}
