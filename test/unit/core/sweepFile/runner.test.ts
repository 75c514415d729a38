import { describe, expect, test } from 'vitest';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { maxParallelOf } from '../../../../src/core/sweepFile/runnerSection.ts';
import { slurmMemoryBytes, slurmTimeMs } from '../../../../src/core/sweepFile/slurmUnits.ts';

function parse(runner: string, more = '') {
  const text = `cmd: [a, "\${x}"]\nparameters: {x: {values: [1, 2]}}\nrunner: ${runner}\n${more}`;
  const { file, diagnostics } = parseSweepFile(text, { path: '/a/sweep.yaml' });
  const problems = diagnostics.map(
    ({ code, severity, range }) => `${severity} ${code} at "${text.slice(range.start, range.end)}"`,
  );
  return { file, problems, messages: diagnostics.map(({ message }) => message) };
}

describe('the runner of a sweep file', () => {
  test('is Slurm with all that its administrators want to know, kept as it is written', () => {
    const { file, problems } = parse(
      '{type: slurm, max_parallel: 64, partition: main, account: ab123, qos: normal, time: 2h, cpus_per_task: 4, mem: 8GB, gpus_per_task: "a100:1", nodes: 1, constraint: avx512, runs_per_task: 20, parallel_in_task: 4, setup: [module load python], sbatch: {mail-type: END, exclusive: true}, requeue: true}',
    );
    expect(problems).toEqual([]);
    expect(file?.runner).toMatchObject({
      type: 'slurm',
      maxParallel: 64,
      options: { partition: 'main', time: '2h', mem: '8GB', sbatch: { exclusive: true } },
    });
  });

  test('lets as many runs go on as a cluster allows, and four on this machine', () => {
    expect(maxParallelOf({ type: 'slurm', maxParallel: undefined }, 700)).toBe(700);
    expect(maxParallelOf({ type: 'local', maxParallel: undefined }, 700)).toBe(4);
    expect(maxParallelOf({ type: 'slurm', maxParallel: 8 }, 700)).toBe(8);
  });

  test('is told where its keys and values make no sense', () => {
    expect(parse('{partition: main}').problems).toEqual(['error conflicting-keys at "partition"']);
    expect(parse('{type: slurm, partitoin: main}').problems).toEqual(['error unknown-key at "partitoin"']);
    expect(parse('{type: slrum}').messages).toEqual([
      'runner.type: there is no runner "slrum"; did you mean "slurm"?',
    ]);
    expect(parse('{type: slurm, time: "90"}').problems).toEqual(['error invalid-value at ""90""']);
    expect(parse('{type: slurm, mem: "8"}').problems).toEqual(['error invalid-value at ""8""']);
    expect(parse('{type: slurm, runs_per_task: 0}').problems).toEqual(['error invalid-value at "0"']);
  });

  test('warns of rules that look at this machine alone', () => {
    expect(parse('{type: slurm}', 'max_load: 8\n').problems).toEqual([
      'warning rule-without-effect at "max_load"',
    ]);
  });

  test('may be one that another extension brings, whose keys nobody checks here', () => {
    const { file, problems } = parse('{type: ssh, hosts: [a, b]}');
    expect(problems).toEqual([]);
    expect(file?.runner).toMatchObject({ type: 'ssh', options: { hosts: ['a', 'b'] } });
  });

  test('takes times and sizes as people and as Slurm write them', () => {
    const hour = 3600_000;
    expect(['2h', '1h30m', '02:00:00', '1-12', '1-00:30:00', '30:00'].map(slurmTimeMs)).toEqual([
      2 * hour,
      1.5 * hour,
      2 * hour,
      36 * hour,
      24.5 * hour,
      hour / 2,
    ]);
    expect(['90', '', 'soon', '0:00', '1:2:3:4'].map(slurmTimeMs)).toEqual(Array(5).fill(undefined));
    expect(['8GB', '8GiB', '8G', '8'].map(slurmMemoryBytes)).toEqual([8e9, 2 ** 33, 2 ** 33, undefined]);
  });
});
