import { expect, test } from 'vitest';
import { normaliseLog } from '../../../../src/core/compare/normaliseLog.ts';

const context = {
  sweepDirectory: '/ada/multirun/sim/1',
  runDirectory: '/ada/multirun/sim/1/runs/07',
  pid: 48213,
};

test.each([
  ['2026-11-23T09:30:00.123Z start', '<time> start'],
  ['[09:30:00,123] start', '[<time>] start'],
  ['reading /ada/multirun/sim/1/runs/07/mesh.inp', 'reading <run>/mesh.inp'],
  ['reading /ada/multirun/sim/1/inputs/mesh.inp', 'reading <sweep>/inputs/mesh.inp'],
  ['worker 48213 begins', 'worker <pid> begins'],
  ['pid=991 process 17 solver[331]: up', 'pid=<pid> process <pid> solver[<pid>]: up'],
  ['==6578==ERROR: at 0x60200000001c', '==<pid>==ERROR: at <address>'],
  ['epoch 3 took 1.25 s, loss 0.5', 'epoch 3 took <duration>, loss 0.5'],
  ['elapsed: 1 m 5 s', 'elapsed: <duration>'],
  ['real\t0m1.234s', 'real\t<duration>'],
])('two logs differ no longer by %j', (line, expected) => {
  expect(normaliseLog(line, context)).toBe(expected);
});

test('what a simulation counts is left alone', () => {
  const log = '2020-01-31  10 s   -1200.0 m from the pad   43.0 kg fuel, step 48214, error 1e-5\n';
  expect(normaliseLog(log, context)).toBe(log);
});

test('a small process id is no reason to hide a number', () => {
  expect(normaliseLog('7 of 7', { ...context, pid: 7 })).toBe('7 of 7');
});
