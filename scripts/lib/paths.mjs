// Where things are: the checkout, what npm installed in it, and the user's cache directory.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const windows = process.platform === 'win32';

/** The checkout's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where npm puts the programs of its packages; Node 24 among them. */
export const binFolder = path.join(root, 'node_modules', '.bin');

/** The project's own Node 24. On Windows the .bin entry is a .cmd file, hence the package's own file. */
export const projectNode = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The environment with some folders first on PATH. Windows spells the variable `Path`. */
export function withPath(...folders) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [...folders, process.env[name] ?? ''].join(path.delimiter) };
}

/** Our part of the user's cache directory: large things that other clones can use too. */
export function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return path.join(process.env.XDG_CACHE_HOME, 'multirun');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'multirun');
  if (windows && process.env.LOCALAPPDATA) return path.join(process.env.LOCALAPPDATA, 'multirun', 'Cache');
  return path.join(homedir(), '.cache', 'multirun');
}
