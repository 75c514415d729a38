import { parse } from 'yaml';
import { MultirunError } from '../../errors.ts';
import type { HydraSettings } from './importHydra.ts';

/** What a configuration of Hydra tells of its multirun. */
export interface HydraConfig {
  readonly overrides: readonly string[];
  readonly settings: HydraSettings;
  /** What started it, where Hydra recorded that: the directory, and the name of the program without `.py`. */
  readonly program: { readonly directory: string | undefined; readonly job: string } | undefined;
}

/**
 * Reads the parameters that a configuration of Hydra sweeps over (`hydra.sweeper.params`), or the overrides that the
 * `multirun.yaml` of a multirun recorded. Throws a MultirunError where there are none.
 */
export function readHydraConfig(text: string, name: string): HydraConfig {
  let content: unknown;
  try {
    content = parse(text, { logLevel: 'error', maxAliasCount: 100 });
  } catch (error) {
    throw new MultirunError(
      'invalid-argument',
      `${name} is no YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const hydra = at(content, 'hydra') ?? content;
  const params = at(hydra, 'sweeper', 'params');
  const tasks = at(hydra, 'overrides', 'task');
  // What was written on the command line comes after the configuration, and wins.
  const overrides = new Map<string, string>();
  for (const override of [...overridesIn(params), ...textsIn(tasks)]) {
    overrides.set(override.split('=')[0]?.replace(/^\+*/, '') ?? override, override);
  }
  if (overrides.size === 0) {
    throw new MultirunError(
      'invalid-argument',
      `${name} names nothing to vary: neither hydra.sweeper.params nor hydra.overrides.task`,
    );
  }
  const job = at(hydra, 'job', 'name');
  const directory = at(hydra, 'runtime', 'cwd');
  return {
    overrides: [...overrides.values(), ...textsIn(at(hydra, 'overrides', 'hydra')).filter(isKept)],
    settings: {
      trials: wholeAt(hydra, 'sweeper', 'n_trials'),
      seed: wholeAt(hydra, 'sweeper', 'sampler', 'seed') ?? wholeAt(hydra, 'sweeper', 'seed'),
      jobs: wholeAt(hydra, 'launcher', 'n_jobs') ?? wholeAt(hydra, 'sweeper', 'n_jobs'),
    },
    program:
      typeof job === 'string' && isMade(job)
        ? { job, directory: typeof directory === 'string' && isMade(directory) ? directory : undefined }
        : undefined,
  };
}

/** Whether a text stands for itself: Hydra writes `???` for what is missing, and `${…}` for what is found later. */
function isMade(text: string): boolean {
  return text !== '' && text !== '???' && !text.includes('${');
}

function isKept(override: string): boolean {
  return !/^\+*hydra\.(?:mode|sweep\b|sweeper|launcher)/.test(override);
}

function overridesIn(params: unknown): string[] {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return [];
  // Hydra 1.0 keeps a setting of its own among them, which is null.
  const given = Object.entries(params).filter(([, value]) => value !== null);
  return given.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function wholeAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = at(value, ...keys);
  return typeof found === 'number' && Number.isSafeInteger(found) && found > 0 ? found : undefined;
}

/** What keys lead to; undefined where there is nothing. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return at(Reflect.get(value, key), ...rest);
}
