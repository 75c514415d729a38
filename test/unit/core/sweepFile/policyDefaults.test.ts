import { expect, test } from 'vitest';
import { readPolicyDefaults } from '../../../../src/core/sweepFile/policyDefaults.ts';

test('defaults are written as in a sweep file', () => {
  const written = {
    min_free_disk: '2GB',
    min_free_memory: '1.5GiB',
    max_load: '80%',
    nice: 5,
    grace_period: '1m',
    breaker: false,
  };
  expect(readPolicyDefaults(written)).toEqual({
    defaults: {
      minFreeDiskBytes: 2e9,
      minFreeMemoryBytes: 1.5 * 2 ** 30,
      maxLoad: { percentOfProcessors: 80 },
      nice: 5,
      gracePeriodMs: 60_000,
      breaker: null,
    },
  });
  expect(readPolicyDefaults({})).toEqual({ defaults: {} });
});

test('what cannot be read is named', () => {
  expect(readPolicyDefaults({ min_free_disk: 'plenty', nice: 40 })).toMatchObject({
    problems: [
      { key: 'min_free_disk', message: expect.stringContaining('plenty') },
      { key: 'nice', message: expect.stringContaining('19') },
    ],
  });
});
