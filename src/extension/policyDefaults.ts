import { t } from '@vscode/l10n';
import { MultirunError } from '../core/errors.ts';
import type { PolicyDefaults } from '../core/policyOf.ts';
import { type DefaultKey, readPolicyDefaults } from '../core/sweepFile/policyDefaults.ts';
import { settings } from './ids.ts';
import { readSettings } from './settings.ts';

/** The setting of each key of a sweep file that has one. */
const settingOf: Readonly<Record<DefaultKey, string>> = {
  grace_period: settings.gracePeriod,
  breaker: settings.breaker,
  min_free_disk: settings.minFreeDisk,
  min_free_memory: settings.minFreeMemory,
  max_load: settings.maxLoad,
  nice: settings.nice,
};

/** What holds for sweeps of this window whose file does not say otherwise. Throws a MultirunError `invalid-argument`. */
export function policyDefaults(): PolicyDefaults {
  const written = readSettings.policy();
  const read = readPolicyDefaults(
    Object.fromEntries(
      Object.entries(written)
        .filter(([, value]) => value !== '')
        // As a sweep file has it, no breaker is `false`.
        .map(([key, value]) => [key, key === 'breaker' && value === 0 ? false : value]),
    ),
  );
  if ('defaults' in read) return read.defaults;
  const [first] = read.problems;
  if (first === undefined) return {};
  const { key, message } = first;
  throw new MultirunError(
    'invalid-argument',
    t('Nothing was started: the setting “{0}” cannot be read: {1}.', settingOf[key], message),
  );
}
