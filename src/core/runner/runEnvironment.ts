import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A whole environment: name to value. */
export type RunEnvironment = Readonly<Record<string, string>>;

/**
 * The environment that runs inherit: `base` (default: this process's), with the run side's modules where Python and Node
 * find them. Python is asked not to hold back what it prints (PYTHONUNBUFFERED), unless `base` says otherwise: a log that
 * stays empty until its run ends cannot be followed.
 */
export function runEnvironment(base: NodeJS.ProcessEnv = process.env): RunEnvironment {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) if (value !== undefined) env[name] = value;
  env.PYTHONUNBUFFERED ??= '1';
  const modules = runSideDirectory();
  env.PYTHONPATH = prepend(join(modules, 'python'), env.PYTHONPATH);
  env.NODE_PATH = prepend(join(modules, 'node'), env.NODE_PATH);
  return env;
}

function prepend(folder: string, list: string | undefined): string {
  return list ? `${folder}${delimiter}${list}` : folder;
}

/** Where the modules for the programs' side stand: beside the bundle, or in `dist` while running from the sources. */
export function runSideDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const candidate of [join(folder, 'runSide'), join(folder, 'dist', 'runSide')])
      if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('the folder runSide is missing from this installation; run "npm run build"');
    folder = parent;
  }
}
