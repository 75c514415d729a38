import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import { clusterErrors } from '../../../../src/core/failures/clusters.ts';
import { normalise } from '../../../../src/core/failures/normalise.ts';
import { type RunError, runError } from '../../../../src/core/failures/runError.ts';

const logs = new URL('../../../fixtures/logs/', import.meta.url);
const exitCode: Failure = { reason: 'exit-code', code: 1 };
const segmentationFault: Failure = { reason: 'signal', signal: 'SIGSEGV' };

function titleOf(failure: Failure, stderr: string, stdout = ''): string | undefined {
  return runError(failure, { stderr, stdout })?.title;
}

function recorded(name: string): string {
  return readFileSync(new URL(`${name}.log`, logs), 'utf8');
}

describe('a failed run says', () => {
  test.each([
    ['python-chained', "RuntimeError: cannot load 'b' from 0x7f2a1c at step 12"],
    ['python-bare-assertion', 'AssertionError in <module>, …/assert.py line 1'],
    ['node-esm-cause', 'RangeError: step 0.25 is too large'],
    ['node-missing-module', "Error: Cannot find module '…/missing.js'"],
    ['gcc', 'error: expected ‘,’ or ‘;’ before ‘printf’'],
    ['cpp-terminate', 'std::runtime_error: bad dt 0.25'],
    ['rust-panic', 'panicked: index out of bounds: the len is 0 but the index is 1'],
  ])('what its log says: %s', (name, title) => {
    expect(titleOf(exitCode, recorded(name))).toBe(title);
  });

  test('its last error, where no tool is known', () => {
    expect(titleOf(exitCode, 'reading\nERROR: matrix is singular\nExecution halted\n\n')).toBe(
      'ERROR: matrix is singular',
    );
  });

  test('its last line on stderr, where nothing looks like an error', () => {
    expect(titleOf(exitCode, 'first\nsomething happened\n}\n')).toBe('something happened');
  });

  test('what stands on stdout, where stderr is empty', () => {
    expect(titleOf(exitCode, '', 'step 1\nSTOP: solver diverged at t=0.3\nbye\n')).toBe(
      'STOP: solver diverged at t=0.3',
    );
  });

  test('how it ended, where its logs say nothing', () => {
    expect(titleOf(exitCode, '', 'step 1\nstep 2\n')).toBe('exit code 1');
    expect(titleOf(segmentationFault, 'using 4 threads\n')).toBe('killed by SIGSEGV');
    expect(titleOf({ reason: 'timeout', timeoutMs: 30_000 }, 'error: whatever\n')).toBe(
      'timed out after 30 s',
    );
    expect(titleOf({ reason: 'out-of-memory' }, '')).toMatch(/out of memory/);
  });

  test('nothing, where it was a person who ended it', () => {
    expect(titleOf({ reason: 'cancelled' }, 'KeyboardInterrupt\n')).toBeUndefined();
  });
});

describe('two messages are the same but for', () => {
  test.each([
    ['ValueError: bad value 0.25 at step 12', 'ValueError: bad value # at step #'],
    ['x = -1.5e-07, y = +3, z = .5', 'x = #, y = #, z = #'],
    ['cannot open /home/ada/sweep/runs/007/mesh_12.inp', 'cannot open …/mesh_#.inp'],
    [
      "FileNotFoundError: [Errno 2] No such file: 'data/run-3/x.csv'",
      "FileNotFoundError: [Errno #] No such file: '…/x.csv'",
    ],
    ['invalid pointer 0x55d0c8a0f2b0', 'invalid pointer 0x#'],
    ['2026-11-23T09:30:00.123Z failed at 10:11:12', '# failed at #'],
    ['job 6f9619ff-8b86-d011-b42d-00c04fc964ff was lost', 'job # was lost'],
    ['error[E0308]: expected float64, got int32', 'error[E0308]: expected float64, got int32'],
    ['speed in m/s and/or rpm, see http://x.org/a/b', 'speed in m/s and/or rpm, see http://x.org/a/b'],
    [String.raw`C:\Users\Ada\a.txt is locked`, '…/a.txt is locked'],
    ['lander.py:87: boom', 'lander.py:#: boom'],
    ['shape (3,4) and (5,)', 'shape (#,#) and (#,)'],
  ])('%s', (message, expected) => {
    expect(normalise(message)).toBe(expected);
  });
});

describe('failed runs are grouped by what they say', () => {
  const errors = (messages: readonly string[]) =>
    new Map(
      messages.map((message, run): [number, RunError] => [
        run,
        runError(exitCode, { stderr: `${message}\n`, stdout: '' }) as RunError,
      ]),
    );

  test('the largest group first, with their own words where all say the same', () => {
    const clusters = clusterErrors(
      errors([
        'error: no disk',
        'error: bad step 3',
        'error: bad step 4',
        'error: no disk',
        'error: no disk',
      ]),
    );
    expect(clusters).toEqual([
      { signature: 'error: no disk', title: 'error: no disk', runs: [0, 3, 4] },
      { signature: 'error: bad step #', title: 'error: bad step #', runs: [1, 2] },
    ]);
  });

  test('and a message of one run keeps its numbers', () => {
    expect(clusterErrors(errors(['error: bad step 3']))[0]?.title).toBe('error: bad step 3');
  });
});
