import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRetryCauses } from '../../../../src/core/policy.ts';
import { parseByteSize } from '../../../../src/core/sweepFile/byteSize.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { fileOf, soundExcept } from './problems.ts';

function policyOf(line: string) {
  return fileOf(soundExcept(line)).policy;
}

describe('a sweep file says what happens to its runs', () => {
  test.each([
    ['timeout: 30s', { timeout: { ms: 30_000 } }],
    ['timeout: 300%', { timeout: { percentOfMedian: 300 } }],
    ['grace_period: 1m', { gracePeriodMs: 60_000 }],
    ['grace_period: 0', { gracePeriodMs: 0 }],
    ['retries: 3', { retries: { max: 3, delayMs: 0, backoff: 1, on: defaultRetryCauses } }],
    [
      'retries: {max: 3, delay: 5s, backoff: 2, on: [timeout, signal, exit: [75]]}',
      { retries: { max: 3, delayMs: 5000, backoff: 2, on: ['timeout', 'signal', { exit: [75] }] } },
    ],
    [
      'retries: {max: 1, on: [exit: 75, lost]}',
      { retries: { max: 1, delayMs: 0, backoff: 1, on: [{ exit: [75] }, 'lost'] } },
    ],
    ['halt: never', { halt: null }],
    ['halt: "2"', { halt: { when: 'now', why: 'fail', limit: { count: 1 } } }],
    ['halt: 5%', { halt: { when: 'soon', why: 'fail', limit: { percent: 5 } } }],
    ['halt: soon,fail=3', { halt: { when: 'soon', why: 'fail', limit: { count: 3 } } }],
    ['halt: now, fail = 2.5%', { halt: { when: 'now', why: 'fail', limit: { percent: 2.5 } } }],
    ['halt: "soon,success=1"', { halt: { when: 'soon', why: 'success', limit: { count: 1 } } }],
    ['halt: now,done=50%', { halt: { when: 'now', why: 'done', limit: { percent: 50 } } }],
    ['breaker: 5', { breaker: 5 }],
    ['breaker: false', { breaker: null }],
    ['breaker: true', { breaker: 10 }],
    ['canary: 1', { canary: 1 }],
    ['canary: corners', { canary: 'corners' }],
    ['min_free_disk: 2GB', { minFreeDiskBytes: 2e9 }],
    ['min_free_disk: 0', { minFreeDiskBytes: 0 }],
    ['min_free_memory: 1.5 GiB', { minFreeMemoryBytes: 1.5 * 2 ** 30 }],
    ['max_load: 8', { maxLoad: { load: 8 } }],
    ['max_load: 80%', { maxLoad: { percentOfProcessors: 80 } }],
    ['delay: 0.5', { delayMs: 500 }],
    ['nice: 10', { nice: 10 }],
  ])('%s', (line, policy) => {
    expect(policyOf(line)).toEqual(policy);
  });
});

describe('a wrong policy is told with its place', () => {
  test.each([
    ['timeout: 90%', '"90%"', 'more than 100%'],
    ['grace_period: -1', '"-1"', 'less than no time'],
    ['delay: soon', '"soon"', 'is no duration'],
    ['retries: -1', '"-1"', 'a whole number from 0'],
    ['retries: {max: 2, backof: 2}', '"backof"', 'did you mean'],
    ['retries: {delay: 5s}', '"delay"', '"max" is missing'],
    ['retries: {max: 1, on: [timout]}', '"timout"', 'did you mean'],
    ['retries: {max: 1, on: [exit: 300]}', '"300"', 'from 1 to 255'],
    ['retries: {max: 1, delay: x}', '"x"', 'is no duration'],
    ['retries: {max: 1, backoff: 0.5}', '"0.5"', 'a number from 1'],
    ['halt: later', '"later"', 'never, or when and why'],
    ['halt: soon,fail=0', '"soon,fail=0"', 'a whole number from 1'],
    ['halt: now,fail=101%', '"now,fail=101%"', 'up to 100%'],
    ['halt: 3', '"3"', 'a rule such as soon,fail=3'],
    ['breaker: 0', '"0"', 'a whole number from 1'],
    ['canary: edges', '"edges"', 'corners'],
    ['min_free_disk: lots', '"lots"', 'is no size'],
    ['max_load: 0', '"0"', 'a number above 0'],
    ['nice: 20', '"20"', 'from 0 to 19'],
    ['nice: -5', '"-5"', 'from 0 to 19'],
  ])('%s', (line, place, message) => {
    const text = soundExcept(line);
    const { diagnostics } = parseSweepFile(text, { path: 'sweep.yaml' });
    const told = diagnostics.map(({ range, message }) => [
      JSON.stringify(text.slice(range.start, range.end)),
      message,
    ]);
    expect(told).toEqual([[place, expect.stringContaining(message)]]);
  });
});

test('sizes are read as they are written', () => {
  fc.assert(
    fc.property(
      fc.nat(5000),
      fc.constantFrom('kB', 'MB', 'GB', 'KiB', 'MiB', 'GiB', 'TB'),
      (number, unit) => {
        const factor = { k: 1, m: 2, g: 3, t: 4 }[unit[0]!.toLowerCase()]!;
        const base = unit.includes('i') ? 1024 : 1000;
        expect(parseByteSize(`${number}${unit}`)).toBe(number * base ** factor);
        expect(parseByteSize(` ${number} ${unit.replace('B', '').toLowerCase()} `)).toBe(
          number * base ** factor,
        );
      },
    ),
  );
  expect(['', 'GB', '-1GB', '1 XB', '1e5', '9'.repeat(30)].map(parseByteSize)).toEqual(
    Array(6).fill(undefined),
  );
});

test('the example of the reference is sound and says everything', () => {
  const reference = readFileSync(new URL('../../../../docs/policy.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(reference) ?? [];
  expect(Object.keys(fileOf(example).policy)).toHaveLength(11);
});
