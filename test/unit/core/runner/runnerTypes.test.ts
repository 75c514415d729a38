import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MultirunError } from '../../../../src/core/errors.ts';
import { launchSweepFile } from '../../../../src/core/launch.ts';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import type { RunnerFactory, RunnerRequest } from '../../../../src/core/runner/runnerRequest.ts';
import { registeredTypes, registerRunner } from '../../../../src/core/runner/runnerTypes.ts';
import { isFoundElsewhere, loadRunnerModule } from '../../../../src/core/runnerModules.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const plain: RunnerFactory = ({ maxParallel, env }) => new ParallelLocalRunner({ maxParallel, env });

function registered(type: string, factory: RunnerFactory = plain): void {
  const registration = registerRunner(type, factory);
  onTestFinished(() => registration.dispose());
}

async function sweepFile(runner: string) {
  const directory = await temporaryDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const path = directory.at('a.sweep.yaml');
  writeFileSync(path, `cmd: [echo, "\${x}"]\nparameters: {x: [1, 2, 3]}\nrunner: ${runner}\n`);
  return { ...directory, path: directory.path, load: () => loadSweepFile(path) };
}

describe('a registered runner', () => {
  test('carries the sweeps of files that ask for its type, and gets their other keys as they are written', async () => {
    const requests: RunnerRequest[] = [];
    registered('lsf', (request) => {
      requests.push(request);
      return plain(request);
    });
    const file = await sweepFile('{type: lsf, queue: short, hosts: [a, b]}');
    const loaded = await file.load();
    expect(loaded.diagnostics).toEqual([]);
    const sweep = await launchSweepFile(loaded, { outputPath: file.at('out') });
    expect((await sweep.finished).counts.success).toBe(3);
    expect(sweep.header.runner).toEqual({
      type: 'lsf',
      maxParallel: 3,
      options: { queue: 'short', hosts: ['a', 'b'] },
    });
    expect(requests.at(-1)).toMatchObject({ maxParallel: 3, options: { queue: 'short', hosts: ['a', 'b'] } });
    expect(requests.at(-1)?.env.PATH).toBe(process.env.PATH);
  });

  test('may start something else for each run, and say on which machine', async () => {
    registered(
      'boxed',
      ({ maxParallel, env }) =>
        new ParallelLocalRunner({
          maxParallel,
          env,
          commandFor: (command, slot) => ({
            ...command,
            argv: ['env', 'BOX=1', ...command.argv],
            node: `box${slot}`,
          }),
        }),
    );
    const file = await sweepFile('{type: boxed, max_parallel: 1}');
    const sweep = await launchSweepFile(await file.load(), { outputPath: file.at('out') });
    expect((await sweep.finished).counts.success).toBe(3);
    const journal = readFileSync(file.at('out', 'journal.jsonl'), 'utf8');
    expect(journal.match(/"node":"box0"/g)).toHaveLength(3);
  });

  test('refuses its options before there is a directory', async () => {
    registered('picky', () => {
      throw new MultirunError('invalid-argument', 'runner.queue is missing; name one');
    });
    const file = await sweepFile('{type: picky}');
    await expect(launchSweepFile(await file.load(), { outputPath: file.at('out') })).rejects.toThrow(
      'runner.queue is missing; name one',
    );
    expect(existsSync(file.at('out'))).toBe(false);
  });

  test('has a type of its own, and a sensible one', () => {
    registered('pbs');
    expect(registeredTypes()).toEqual(['local', 'slurm', 'pbs']);
    expect(() => registerRunner('pbs', plain)).toThrow(
      'there is a runner "pbs" already; choose another type, or remove what brought it',
    );
    expect(() => registerRunner('slurm', plain)).toThrow('there is a runner "slurm" already');
    expect(() => registerRunner('My Cluster', plain)).toThrow('"My Cluster" cannot be the type of a runner');
  });

  test('is gone when it is disposed of, and not a second time', () => {
    const first = registerRunner('pbs', plain);
    first.dispose();
    registered('pbs');
    first.dispose();
    expect(registeredTypes()).toContain('pbs');
  });
});

describe('a type without a runner', () => {
  test('is a problem that lists those that there are; the sweep can go to one of them', async () => {
    const file = await sweepFile('{type: lsf, queue: short}');
    const loaded = await file.load();
    const message =
      'there is no runner "lsf" here; there are local, slurm. Install what brings it, change "type" of "runner" in the sweep file, or run the sweep on one of these';
    expect(loaded.diagnostics).toMatchObject([
      { code: 'unknown-runner', severity: 'warning', message: `runner.type: ${message}` },
    ]);
    await expect(launchSweepFile(loaded, { outputPath: file.at('out') })).rejects.toThrow(message);
    expect(existsSync(file.at('out'))).toBe(false);
    const sweep = await launchSweepFile(loaded, { outputPath: file.at('out'), on: 'local' });
    expect((await sweep.finished).counts.success).toBe(3);
    expect(sweep.header.runner).toMatchObject({ type: 'local', options: {} });
  });
});

describe('a runner module', () => {
  test('registers its runners once, also when it is loaded again', async () => {
    await using directory = await temporaryDirectory();
    const path = directory.at('queue.mjs');
    writeFileSync(
      path,
      'export default ({ registerRunner, ParallelLocalRunner }) => registerRunner("queue", (request) => new ParallelLocalRunner(request));',
    );
    await loadRunnerModule(path);
    await loadRunnerModule(path);
    expect(registeredTypes()).toContain('queue');
    expect(isFoundElsewhere('queue')).toBe(true);
    registered('here-only');
    expect(isFoundElsewhere('here-only')).toBe(false);
  });

  test('that is none is named, with what is wrong', async () => {
    await using directory = await temporaryDirectory();
    const refusal = (path: string) => loadRunnerModule(path).then(() => undefined, String);
    expect(await refusal(directory.at('none.mjs'))).toContain(
      `the runner module ${directory.at('none.mjs')} `,
    );
    writeFileSync(directory.at('empty.mjs'), 'export const a = 1;');
    expect(await refusal(directory.at('empty.mjs'))).toContain('its default export is no function');
    writeFileSync(
      directory.at('taken.mjs'),
      'export default (api) => api.registerRunner("local", () => {});',
    );
    expect(await refusal(directory.at('taken.mjs'))).toContain('there is a runner "local" already');
  });
});
