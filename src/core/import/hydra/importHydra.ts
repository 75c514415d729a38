import { MultirunError } from '../../errors.ts';
import type { ParamValue } from '../../run.ts';
import { escapeTemplate } from '../../template.ts';
import { unreachable } from '../../unreachable.ts';
import { type ImportedSweep, type ParameterMapping, parameterNameFor } from '../importedSweep.ts';
import { isSweep, paramOf, type RangeSweep, rangeAt, type Sweep } from './elements.ts';
import { matchesGlob } from './glob.ts';
import { type Override, parseOverride } from './parseOverride.ts';

/** What a Hydra multirun is made of. */
export interface HydraLine {
  /** What starts the program, one word each: `python train.py`. */
  readonly command: readonly string[];
  /** `key=value` and its like, one each. */
  readonly overrides: readonly string[];
  /** What its sweeper and its launcher were told, where that says anything here. */
  readonly settings?: HydraSettings | undefined;
  /** The options of a config group, for `glob`; undefined where its directory is not known. */
  readonly optionsOf?: ((group: string) => readonly string[] | undefined) | undefined;
}

/** What Hydra's plugins are told that means something here too. */
export interface HydraSettings {
  readonly trials?: number | undefined;
  readonly seed?: number | undefined;
  readonly jobs?: number | undefined;
}

/** As many as Hydra's Optuna sweeper tries when it is not told. */
const defaultTrials = 20;
/** A range of more values is written by its ends. */
const mostListed = 50;

/**
 * The sweep that a Hydra multirun is: each override with several values is a parameter, the program is started once for
 * each combination, and is given the other overrides as they are. Throws a MultirunError for what cannot be imported.
 */
export function importHydra({ command, overrides, settings = {}, optionsOf }: HydraLine): ImportedSweep {
  const parsed = overrides.map(parseOverride);
  const own = parsed.filter(({ key }) => /^\+{0,2}hydra[./]/.test(key));
  const told = { ...settings, ...settingsIn(own) };
  const parameters: Record<string, readonly ParamValue[] | ParameterMapping> = {};
  const words: string[] = [];
  const notes: string[] = [];
  const taken = new Set<string>();
  for (const override of parsed) {
    const { key, text, value } = override;
    if (own.includes(override)) {
      if (isForSweeps(key))
        notes.push(`Left out, since it is for Hydra's own multirun: ${key}=${text ?? ''}`);
      else words.push(escapeTemplate(text === undefined ? key : `${key}=${text}`));
    } else if (value === undefined || !isSweep(value)) {
      words.push(escapeTemplate(text === undefined ? key : `${key}=${text}`));
    } else {
      const name = parameterNameFor(key.replace(/^\+*/, ''), taken);
      taken.add(name);
      parameters[name] = domainOf(value, override, optionsOf);
      words.push(`${escapeTemplate(key)}=\${${name}}`);
    }
  }
  if (taken.size === 0) {
    throw new MultirunError(
      'invalid-argument',
      'no override has several values, as db=a,b or x=range(0,10); there is nothing to vary',
    );
  }
  const isDrawn = Object.values(parameters).some((domain) => 'distribution' in domain);
  if (isDrawn)
    notes.push(
      "The values of intervals are drawn at random; Hydra's optimisers choose them by earlier results.",
    );
  return {
    cmd: [...command.map(escapeTemplate), ...words],
    space: isDrawn ? { method: 'random', samples: told.trials ?? defaultTrials, parameters } : { parameters },
    more: {
      ...(isDrawn && told.seed !== undefined ? { seed: told.seed } : {}),
      ...(told.jobs === undefined ? {} : { runner: { max_parallel: told.jobs } }),
    },
    notes,
  };
}

/** Keys that say how Hydra itself runs many; a run by itself needs none of them. */
function isForSweeps(key: string): boolean {
  return /^\+{0,2}hydra[./](?:sweep|sweeper|launcher|mode)\b/.test(key);
}

function settingsIn(overrides: readonly Override[]): HydraSettings {
  const numberAt = (pattern: RegExp): number | undefined => {
    const value = overrides.findLast(({ key }) => pattern.test(key))?.value;
    return value?.kind === 'number' && Number.isSafeInteger(value.value) && value.value > 0
      ? value.value
      : undefined;
  };
  const trials = numberAt(/^\+{0,2}hydra\.sweeper\.(?:n_trials|ax_config\.max_trials|optim\.budget)$/);
  const seed = numberAt(/^\+{0,2}hydra\.sweeper\.(?:sampler\.seed|seed)$/);
  const jobs = numberAt(/^\+{0,2}hydra\.(?:launcher|sweeper)\.n_jobs$/);
  return {
    ...(trials === undefined ? {} : { trials }),
    ...(seed === undefined ? {} : { seed }),
    ...(jobs === undefined ? {} : { jobs }),
  };
}

function domainOf(
  sweep: Sweep,
  { key, text = '' }: Override,
  optionsOf: HydraLine['optionsOf'],
): readonly ParamValue[] | ParameterMapping {
  switch (sweep.kind) {
    case 'choice':
      return sweep.elements.map(paramOf);
    case 'range':
      return rangeDomain(sweep);
    case 'interval': {
      const { start: min, end: max, isWhole, tags } = sweep;
      if (!(min < max)) throw new MultirunError('invalid-argument', `${key}=${text}: the interval is empty`);
      if (!tags.has('log')) return { distribution: isWhole ? 'int_uniform' : 'uniform', min, max };
      if (!(min > 0))
        throw new MultirunError(
          'invalid-argument',
          `${key}=${text}: a logarithmic interval begins above zero`,
        );
      return { distribution: isWhole ? 'q_log_uniform_values' : 'log_uniform_values', min, max };
    }
    case 'glob': {
      const group = key.replace(/^\+*/, '').replace(/@.*$/, '');
      const options = optionsOf?.(group);
      if (options === undefined) {
        throw new MultirunError(
          'invalid-argument',
          `${key}=${text}: the options of the group "${group}" are not known; give its configuration with --config-dir, or write them out`,
        );
      }
      const matches = (name: string, patterns: readonly string[]): boolean =>
        patterns.some((pattern) => matchesGlob(name, pattern));
      const chosen = options.filter((name) => matches(name, sweep.include) && !matches(name, sweep.exclude));
      if (chosen.length === 0)
        throw new MultirunError(
          'invalid-argument',
          `${key}=${text}: no option of "${group}" matches; there are ${options.join(', ') || 'none'}`,
        );
      return chosen;
    }
    default:
      return unreachable(sweep);
  }
}

function rangeDomain(range: RangeSweep): readonly ParamValue[] | ParameterMapping {
  const last = rangeAt(range, range.count - 1);
  if (range.count > mostListed && range.step > 0n) {
    return { min: rangeAt(range, 0), max: last, step: rangeAt({ ...range, start: 0n }, 1) };
  }
  if (range.count > 100_000) {
    throw new MultirunError(
      'invalid-argument',
      `a range of ${range.count} values that goes down is too long to be listed; turn it round`,
    );
  }
  return Array.from({ length: range.count }, (_, index) => rangeAt(range, index));
}
