import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MultirunError, messageOf } from './errors.ts';
import { type RunnerApi, runnerApi } from './runnerApi.ts';

/**
 * Names the runner modules that a process of Multirun loads when it starts, separated as on PATH. Whoever loads one sets it, so
 * that processes of their own, which carry sweeps on, know the same runners.
 */
export const runnerModulesVariable = 'MULTIRUN_RUNNER_MODULES';

const loading = new Map<string, Promise<void>>();
const typesOfModules = new Set<string>();

/**
 * Loads an ES module (or a CommonJS one) whose default export takes the {@link RunnerApi} and registers runners with it. A module
 * is loaded once. Throws a MultirunError `invalid-argument` that names the module, whatever is wrong with it.
 */
export function loadRunnerModule(path: string): Promise<void> {
  const absolute = resolve(path);
  let loaded = loading.get(absolute);
  if (loaded === undefined) {
    loaded = load(absolute);
    loading.set(absolute, loaded);
  }
  return loaded;
}

/** The runner modules that a variable of this environment names. */
export function runnerModulesOf(env: NodeJS.ProcessEnv): string[] {
  return (env[runnerModulesVariable] ?? '').split(delimiter).filter(Boolean);
}

/** Every runner module that this process has loaded, as {@link runnerModulesVariable} has them; undefined for none. */
export function loadedRunnerModules(): string | undefined {
  return loading.size === 0 ? undefined : [...loading.keys()].join(delimiter);
}

/** Whether a process of its own finds the runner of this type too, as it does not where an extension registered it here. */
export function isFoundElsewhere(type: string): boolean {
  return type === 'local' || type === 'slurm' || typesOfModules.has(type);
}

async function load(path: string): Promise<void> {
  try {
    const { default: register } = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    if (typeof register !== 'function')
      throw new Error(
        'its default export is no function; it has to take the runner API and register runners',
      );
    await (register as (api: RunnerApi) => unknown)({
      ...runnerApi,
      registerRunner(type, factory) {
        const registered = runnerApi.registerRunner(type, factory);
        typesOfModules.add(type);
        return registered;
      },
    });
  } catch (error) {
    loading.delete(path);
    throw new MultirunError(
      'invalid-argument',
      `the runner module ${path} cannot be used: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}
