import { describe, expect, test } from 'vitest';
import { failureOfState, parseAccounts, parseJobs } from '../../../../../src/core/runner/slurm/jobEnds.ts';
import { indexRanges, indexText, parseQueue } from '../../../../../src/core/runner/slurm/parseQueue.ts';
import { sbatchArguments, slurmTime } from '../../../../../src/core/runner/slurm/sbatchArguments.ts';
import { slurmOptionsOf } from '../../../../../src/core/runner/slurm/slurmOptions.ts';

describe('what squeue prints', () => {
  const queue = parseQueue(`7|3-5,20-30%3|PENDING||JobArrayTaskLimit
7|0|RUNNING|n1|None
7|1|COMPLETING|n2|None
8|N/A|PENDING||(ReqNodeNotAvail, UnavailableNodes:n[1-2])
`);

  test('tells of each task where it runs or why it waits', () => {
    expect(queue.entry('7', 0)).toEqual({ state: 'RUNNING', node: 'n1', reason: 'None' });
    expect(queue.entry('7', 25)).toEqual({ state: 'PENDING', node: '', reason: 'JobArrayTaskLimit' });
    expect(queue.entry('8', 0)?.reason).toBe('(ReqNodeNotAvail, UnavailableNodes:n[1-2])');
    expect(queue.entry('7', 6)).toBeUndefined();
    expect(queue.entry('9', 0)).toBeUndefined();
    expect([...queue.tasks('7')].map(([task]) => task).sort((a, b) => a - b)).toEqual([
      0, 1, 3, 4, 5, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ]);
  });

  test('names indexes as ranges, with steps, and with the limit of the array', () => {
    expect(indexRanges('0-8:4,9%2')).toEqual([
      [0, 0],
      [4, 4],
      [8, 8],
      [9, 9],
    ]);
    expect(indexRanges('N/A')).toEqual([[0, 0]]);
    expect(indexText([9, 3, 4, 5, 1])).toBe('1,3-5,9');
  });
});

describe('why a task ended', () => {
  test('is what the controller remembers', () => {
    const ends = parseJobs(
      'JobId=3 ArrayJobId=1 ArrayTaskId=1 JobName=t JobState=TIMEOUT Reason=TimeLimit ExitCode=0:15 TimeLimit=1-00:01:00 X=y\n' +
        'JobId=1 ArrayJobId=1 ArrayTaskId=2-5 JobName=t JobState=PENDING Reason=Priority ExitCode=0:0 TimeLimit=UNLIMITED\n',
    );
    const end = ends.get(1);
    expect(end).toEqual({ state: 'TIMEOUT', exitCode: 0, signal: 15, timeLimitMs: 86_460_000 });
    expect(end && failureOfState(end)).toEqual({ reason: 'timeout', timeoutMs: 86_460_000 });
    expect(ends.has(2)).toBe(false);
  });

  test('or what accounting has kept', () => {
    const ends = parseAccounts(
      '12_0|COMPLETED|0:0|01:00:00\n12_1|CANCELLED by 0|0:15|01:00:00\n12_2|OUT_OF_MEMORY|0:125|01:00:00\n12_3|NODE_FAIL|1:0|01:00:00\n12_4|PREEMPTED|0:0|01:00:00\n12_[5-9]|PENDING|0:0|\n',
    );
    const reasons = [...ends].map(([task, end]) => [task, failureOfState(end, 'n7')?.reason]);
    expect(reasons).toEqual([
      [0, undefined],
      [1, 'cancelled'],
      [2, 'out-of-memory'],
      [3, 'node-failed'],
      [4, 'preempted'],
    ]);
  });
});

describe('what sbatch is told', () => {
  const base = { name: 'mr-a', tasks: 10, throttle: undefined, directory: '/s', log: '/s/log' };

  test('is what the sweep file says, each as an argument of its own', () => {
    const slurm = slurmOptionsOf({
      partition: 'main',
      time: '90m',
      mem: '8G',
      cpus_per_task: 4,
      gpus_per_task: 'a100:2',
      requeue: false,
      sbatch: { comment: 'a "b" $c', exclusive: true, overcommit: false },
    });
    expect(sbatchArguments({ ...base, slurm, throttle: 3 })).toEqual([
      '--parsable',
      '--job-name=mr-a',
      '--array=0-9%3',
      '--chdir=/s',
      '--output=/s/log',
      '--open-mode=append',
      '--partition=main',
      '--time=01:30:00',
      '--cpus-per-task=4',
      '--mem=8388608K',
      '--gpus-per-task=a100:2',
      '--ntasks=1',
      '--no-requeue',
      '--comment=a "b" $c',
      '--exclusive',
    ]);
  });

  test('gives a further attempt more time and memory', () => {
    const slurm = slurmOptionsOf({ time: '1h', mem: '1G' });
    const args = sbatchArguments({ ...base, slurm, factors: { time: 4, memory: 1.5 } });
    expect(args).toEqual(expect.arrayContaining(['--time=04:00:00', `--mem=${1.5 * 2 ** 20}K`]));
  });

  test('counts in whole minutes', () => {
    expect([1, 60_000, 61_000, 36 * 3600_000].map(slurmTime)).toEqual([
      '00:01:00',
      '00:01:00',
      '00:02:00',
      '1-12:00:00',
    ]);
  });
});
