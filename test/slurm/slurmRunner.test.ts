import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileResource } from '../../src/core/fileResource.ts';
import { launchSweepFile } from '../../src/core/launch.ts';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { multirunAsync } from '../../src/core/multirun.ts';
import { runEnvironment } from '../../src/core/runner/runEnvironment.ts';
import { createRunner } from '../../src/core/runner/runnerTypes.ts';
import type { RunnerOptions } from '../../src/core/runnerOptions.ts';
import { runAt } from '../../src/core/runTable.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { type Cluster, describe, expect, isMissing, programPath, test, untilSweep } from './rig/cluster.ts';

function runnerOn(cluster: Cluster, options: RunnerOptions = {}, env = cluster.env, maxParallel = 10_000) {
  return createRunner({ type: 'slurm', maxParallel, options, env });
}

function numbers(count: number): { x: number }[] {
  return Array.from({ length: count }, (_, x) => ({ x }));
}

describe.skipIf(isMissing)('a sweep on Slurm', () => {
  test('runs 500 runs, each told apart by its exit code and its logs', async ({ cluster }) => {
    const outputPath = await cluster.folder();
    const sweep = await multirunAsync({
      cmd: ['sh', '-c', 'echo "$1"; echo problem >&2; exit $(($1 % 100 == 7))', 'sh', '${x}'],
      runs: numbers(500),
      outputPath,
      runner: runnerOn(cluster),
    });
    const { counts, runs, jobs } = await sweep.finished;
    expect(counts).toMatchObject({ success: 495, failure: 5 });
    expect(runAt(runs, 107)).toMatchObject({ failure: { reason: 'exit-code', code: 1 }, attempts: 1 });
    expect(await readFile(join(outputPath, 'runs/123/stdout.log'), 'utf8')).toBe('123\n');
    expect(await readFile(join(outputPath, 'runs/123/stderr.log'), 'utf8')).toBe('problem\n');
    expect(jobs).toEqual([]);
  });

  test('gives every run the same as the local runner, and the same results', async ({ cluster }) => {
    const home = await cluster.folder();
    await mkdir(home);
    await writeFile(join(home, 'shared.txt'), 'shared\n');
    await writeFile(join(home, 'copied.txt'), 'copied\n');
    await writeFile(join(home, 'linked.txt'), 'linked\n');
    await writeFile(join(home, 'config.ini'), "word = ${word}\nquote = 'it''s'\n");
    await writeFile(
      join(home, 'look.sh'),
      `cat params.json shared.txt sub/copied.txt linked.txt config.ini
printf '%s|' "$@" "$GREETING" "$MULTIRUN_RUN"
printf '{"n": %s}' "$1" >"$MULTIRUN_RESULTS"
exit "$(($1 == 2 ? 9 : 0))"
`,
    );
    const path = join(home, 'both.sweep.yaml');
    await writeFile(
      path,
      `cmd: [sh, ${join(home, 'look.sh')}, "\${n}", "\${word}"]
env: {GREETING: "hello \${word}"}
method: zip
parameters:
  n: {values: [1, 2, 3]}
  word: {values: ["it's", "a \\"b\\" $HOME \`id\` \\\\", "ü\\nline"]}
input_files: [shared.txt, {path: copied.txt, linkage: copy, rename: sub/copied.txt}, {path: linked.txt, linkage: link}]
template_files: [config.ini]
results: {exit_code: [9]}
metric: {name: n, goal: maximize}
`,
    );
    const loaded = await loadSweepFile(path);
    expect(loaded.diagnostics).toEqual([]);
    const told: unknown[] = [];
    for (const on of ['local', 'slurm']) {
      const outputPath = join(home, on);
      const sweep = await launchSweepFile(loaded, { on, outputPath, env: runEnvironment(cluster.env) });
      const state = await sweep.finished;
      const runs = await Promise.all(
        [0, 1, 2].map(async (run) => {
          const { status, attempts, ...rest } = runAt(state.runs, run);
          const folder = join(outputPath, 'runs', String(run));
          const read = (name: string) => readFile(join(folder, name), 'utf8');
          const files = (await readdir(folder, { recursive: true }))
            .filter((name) => name !== 'started')
            .sort();
          const texts = await Promise.all(['stdout.log', 'stderr.log', 'exit', 'results.json'].map(read));
          return { status, attempts, metric: 'metric' in rest ? rest.metric : undefined, files, texts };
        }),
      );
      expect(state.counts).toMatchObject({ success: 3 });
      told.push(JSON.parse(JSON.stringify(runs).replaceAll(outputPath, 'SWEEP')));
    }
    expect(told[1]).toEqual(told[0]);
  });

  test('needs nothing on its nodes but a POSIX shell', async ({ cluster }) => {
    const home = await cluster.folder();
    await mkdir(home);
    const programs = 'sh mkdir mv rm sed tail head cat sleep ps seq ln cp chmod uname tr';
    for (const program of programs.split(' ')) await symlink(await programPath(program), join(home, program));
    await writeFile(join(home, 'environment'), 'export FROM_SETUP=found\n');
    await writeFile(join(home, 'input'), 'input\n');
    const env = {
      ...cluster.env,
      PATH: home,
      MULTIRUN_SBATCH: await programPath('sbatch'),
      MULTIRUN_SQUEUE: await programPath('squeue'),
      MULTIRUN_SCONTROL: await programPath('scontrol'),
      MULTIRUN_SCANCEL: await programPath('scancel'),
    };
    const outputPath = join(home, 'sweep');
    const sweep = await multirunAsync({
      cmd: ['sh', '-c', 'cat input; echo "$FROM_SETUP ${x}"; command -v python3 node bash'],
      runs: numbers(6),
      outputPath,
      inputFiles: new FileResource({ path: join(home, 'input'), linkage: 'copy' }),
      runner: runnerOn(
        cluster,
        { runs_per_task: 3, parallel_in_task: 2, setup: `source ${home}/environment` },
        env,
      ),
    });
    expect((await sweep.finished).counts).toMatchObject({ failure: 6 });
    expect(await readFile(join(outputPath, 'runs/4/stdout.log'), 'utf8')).toBe('input\nfound 4\n');
  });

  test('tells in the log of each run that its setup failed', async ({ cluster }) => {
    const outputPath = await cluster.folder();
    const sweep = await multirunAsync({
      cmd: ['true'],
      runs: numbers(1),
      outputPath,
      runner: runnerOn(cluster, { setup: ['echo loading', 'module load nothing-of-this-name'] }),
    });
    expect((await sweep.finished).counts).toMatchObject({ failure: 1 });
    const log = await readFile(join(outputPath, 'runs/0/stderr.log'), 'utf8');
    expect(log).toMatch(
      /loading\n.*module.*not found\nmultirun: the setup of the task failed with exit code 127\n/s,
    );
  });

  test('goes on when nobody watches; any process takes it up or reads it', async ({ cluster }) => {
    const outputPath = await cluster.folder();
    const sweep = await multirunAsync({
      cmd: ['true'],
      runs: numbers(40),
      outputPath,
      runner: runnerOn(cluster, {}, cluster.env, 10),
    });
    await sweep.runner.handedOver();
    await sweep.leave();
    const view = await untilSweep(outputPath, ({ state }) => state.counts.success === 40);
    expect(view.live).toBe(false);
    expect(view.recorded.counts.success).toBeLessThan(40);
  });

  test('is submitted within 5 seconds when it has 10,000 runs', async ({ cluster }) => {
    const outputPath = await cluster.folder();
    const began = performance.now();
    const sweep = await multirunAsync({
      cmd: ['echo', '${x}'],
      runs: numbers(10_000),
      outputPath,
      runner: runnerOn(cluster, { sbatch: { hold: true } }),
    });
    await sweep.runner.handedOver();
    const seconds = (performance.now() - began) / 1000;
    console.log(`Submitting 10,000 runs took ${seconds.toFixed(2)} s.`);
    expect(seconds).toBeLessThan(5);
    sweep.cancel();
    await sweep.finished;
    expect((await openSweep(outputPath)).state.counts.pending).toBe(10_000);
  });

  test('says with sbatch’s own words what it does not take', async ({ cluster }) => {
    const sweep = await multirunAsync({
      cmd: ['true'],
      runs: numbers(3),
      outputPath: await cluster.folder(),
      runner: runnerOn(cluster, { partition: 'nowhere' }),
    });
    await expect(sweep.finished).rejects.toThrow(/invalid partition specified: nowhere/);
    expect(sweep.state.counts.pending).toBe(3);
  });

  test('says which program is missing where there is no Slurm', async ({ cluster }) => {
    const sweep = await multirunAsync({
      cmd: ['true'],
      runs: numbers(1),
      outputPath: await cluster.folder(),
      runner: runnerOn(cluster, {}, { ...cluster.env, MULTIRUN_SBATCH: '/nowhere/sbatch' }),
    });
    await expect(sweep.finished).rejects.toThrow(/Slurm's sbatch was not found/);
  });
});
