import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SweepEvent } from '../../../../src/core/event.ts';
import { type MultirunOptions, multirunAsync } from '../../../../src/core/multirun.ts';
import type { Policy } from '../../../../src/core/policy.ts';
import { ParallelLocalRunner } from '../../../../src/core/runner/parallelLocalRunner.ts';
import { systemPlaces } from '../../../../src/core/runner/system/places.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { decodeEvent } from '../../../../src/core/sweepDirectory/journalFormat.ts';
import type { SweepHandle } from '../../../../src/core/sweepHandle.ts';
import { controlledCommand, type Invocation } from '../../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';
import { until } from '../../../rig/until.ts';

interface Scene extends AsyncDisposable {
  readonly sweep: SweepHandle;
  next(): Promise<Invocation>;
  /** How many processes have been started. */
  readonly count: number;
  /** Waits until the sweep is so. */
  until(condition: (state: SweepHandle['state']) => boolean): Promise<void>;
}

interface SceneOptions {
  readonly runs?: number;
  readonly maxParallel?: number;
  readonly more?: Partial<MultirunOptions>;
}

/** A sweep of programs under the test's control, by a policy. */
async function carried(
  policy: Partial<Policy>,
  { runs = 4, maxParallel = 1, more = {} }: SceneOptions = {},
): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const directory = stack.use(await temporaryDirectory());
  const program = stack.use(await controlledCommand());
  const sweep = await multirunAsync({
    runs: Array.from({ length: runs }, (_, x) => ({ x })),
    cmd: program.cmd,
    outputPath: directory.at('sweep'),
    runner: new ParallelLocalRunner({ maxParallel, graceMs: 200 }),
    policy,
    ...more,
  });
  return {
    sweep,
    next: () => program.next(),
    get count() {
      return program.count;
    },
    until: (condition) => until(sweep.directory, () => condition(sweep.state)),
    [Symbol.asyncDispose]: async () => {
      sweep.cancel();
      await sweep.finished;
      await stack.disposeAsync();
    },
  };
}

/** Everything that a sweep's journal holds by now. */
function events({ directory }: SweepHandle): SweepEvent[] {
  return readFileSync(`${directory}/journal.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => decodeEvent(line)!);
}

function statuses({ state }: SweepHandle): string[] {
  return Array.from({ length: state.total }, (_, id) => runAt(state.runs, id).status);
}

describe('retries', () => {
  test('give a run that failed more attempts, each after a longer wait; what each left is kept', async () => {
    await using scene = await carried(
      { retries: { max: 2, delayMs: 40, backoff: 2, on: [{ exit: [75] }] } },
      { runs: 1 },
    );
    const first = await scene.next();
    await first.print('stdout', 'first');
    first.exit(75);
    const second = await scene.next();
    await second.print('stdout', 'second');
    second.exit(75);
    (await scene.next()).exit(0);
    const state = await scene.sweep.finished;
    expect(runAt(state.runs, 0)).toMatchObject({ status: 'success', attempts: 3 });
    expect(readFileSync(`${first.cwd}/attempts/1/stdout.log`, 'utf8')).toBe('first');
    expect(readFileSync(`${first.cwd}/attempts/2/stdout.log`, 'utf8')).toBe('second');
    const waits = events(scene.sweep).filter(({ type }) => type === 'requeued' || type === 'started');
    expect(waits).toMatchObject([
      { type: 'started' },
      { type: 'requeued', why: 'retry', delayMs: 40 },
      { type: 'started' },
      { type: 'requeued', why: 'retry', delayMs: 80 },
      { type: 'started' },
    ]);
    expect(waits[2]!.at - waits[1]!.at).toBeGreaterThanOrEqual(39);
    expect(waits[4]!.at - waits[3]!.at).toBeGreaterThanOrEqual(79);
  });

  test('end when they are used up, and are none for other failures', async () => {
    await using scene = await carried(
      {
        retries: { max: 1, delayMs: 0, backoff: 1, on: [{ exit: [75] }] },
      },
      { runs: 2, maxParallel: 2 },
    );
    const both = [await scene.next(), await scene.next()];
    both.find(({ env }) => env.MULTIRUN_RUN === '0')!.exit(75);
    both.find(({ env }) => env.MULTIRUN_RUN === '1')!.exit(3);
    (await scene.next()).exit(75);
    const state = await scene.sweep.finished;
    expect([0, 1].map((id) => runAt(state.runs, id))).toMatchObject([
      { status: 'failure', attempts: 2, failure: { code: 75 } },
      { status: 'failure', attempts: 1, failure: { code: 3 } },
    ]);
  });

  test('wait while others run, and stay pending when the sweep is stopped meanwhile', async () => {
    await using scene = await carried(
      { retries: { max: 1, delayMs: 60_000, backoff: 1, on: ['exit'] } },
      { runs: 2 },
    );
    (await scene.next()).exit(1);
    (await scene.next()).exit(0);
    await scene.until(({ counts }) => counts.success === 1);
    expect(runAt(scene.sweep.state.runs, 0)).toMatchObject({
      status: 'pending',
      lastFailure: { reason: 'exit-code', code: 1 },
      retryAt: expect.any(Number),
    });
    scene.sweep.stop();
    expect((await scene.sweep.finished).counts).toMatchObject({ success: 1, pending: 1 });
  });

  test('are cancelled like any run that has not started', async () => {
    await using scene = await carried(
      { retries: { max: 1, delayMs: 60_000, backoff: 1, on: ['exit'] } },
      { runs: 1 },
    );
    (await scene.next()).exit(1);
    await scene.until(({ counts }) => counts.pending === 1);
    scene.sweep.cancelRun(0);
    expect((await scene.sweep.finished).counts).toMatchObject({ skipped: 1 });
  });
});

describe('a timeout', () => {
  test('of so many percent of the median ends the runs that take longer, once there is a median', async () => {
    await using scene = await carried({ timeout: { percentOfMedian: 150 } }, { maxParallel: 4 });
    const [slow, ...others] = [
      await scene.next(),
      await scene.next(),
      await scene.next(),
      await scene.next(),
    ];
    for (const other of others) other.exit(0);
    // The median is some milliseconds, and no timeout is shorter than a second.
    await slow!.gone;
    const state = await scene.sweep.finished;
    expect(runAt(state.runs, Number(slow!.env.MULTIRUN_RUN))).toMatchObject({
      failure: { reason: 'timeout', timeoutMs: 1000 },
    });
    expect(state.counts).toMatchObject({ success: 3, failure: 1 });
  });
});

describe('halt', () => {
  test('soon: starts nothing more, lets what runs finish, and leaves the rest pending', async () => {
    await using scene = await carried(
      { halt: { when: 'soon', why: 'fail', limit: { count: 1 } } },
      { maxParallel: 2 },
    );
    const [first, second] = [await scene.next(), await scene.next()];
    first.exit(1);
    await scene.until(({ halted }) => halted === 'soon,fail=1');
    expect(scene.sweep.state.counts).toMatchObject({ running: 1, failure: 1 });
    second.exit(0);
    const state = await scene.sweep.finished;
    expect(state).toMatchObject({ phase: 'closed', halted: 'soon,fail=1' });
    expect(state.counts).toMatchObject({ success: 1, failure: 1, pending: 2 });
  });

  test('now: ends what runs as well; it is pending again, and the reason is kept', async () => {
    await using scene = await carried(
      { halt: { when: 'now', why: 'success', limit: { percent: 25 } } },
      { maxParallel: 3 },
    );
    const all = [await scene.next(), await scene.next(), await scene.next()];
    all[0]!.exit(0);
    await Promise.all(all.map(({ gone }) => gone));
    const state = await scene.sweep.finished;
    expect(state.counts).toMatchObject({ success: 1, pending: 3, failure: 0 });
    expect(runAt(state.runs, Number(all[1]!.env.MULTIRUN_RUN))).toMatchObject({
      status: 'pending',
      attempts: 1,
      lastFailure: { reason: 'halted' },
    });
  });

  test('does not count what a person cancelled, nor what gets another attempt', async () => {
    await using scene = await carried(
      {
        halt: { when: 'soon', why: 'fail', limit: { count: 1 } },
        retries: { max: 1, delayMs: 0, backoff: 1, on: ['exit'] },
      },
      { runs: 2 },
    );
    await scene.next();
    scene.sweep.cancelRun(0);
    (await scene.next()).exit(1);
    (await scene.next()).exit(0);
    expect(await scene.sweep.finished).toMatchObject({
      halted: undefined,
      counts: { failure: 1, success: 1 },
    });
  });
});

describe('the breaker', () => {
  test('pauses when the first runs all fail in the same way, and has no say after a person went on', async () => {
    await using scene = await carried({ breaker: 2 }, { runs: 5 });
    (await scene.next()).exit(3);
    (await scene.next()).exit(3);
    await scene.until(({ paused }) => paused?.kind === 'breaker');
    expect(scene.sweep.state.paused).toEqual({
      kind: 'breaker',
      count: 2,
      failure: { reason: 'exit-code', code: 3 },
      run: 1,
    });
    expect(scene.count).toBe(2);
    scene.sweep.resume();
    for (let run = 2; run < 5; run++) (await scene.next()).exit(3);
    expect((await scene.sweep.finished).counts.failure).toBe(5);
  });

  test('lets a sweep be stopped instead', async () => {
    await using scene = await carried({ breaker: 1 }, { runs: 3 });
    (await scene.next()).exit(3);
    await scene.until(({ paused }) => paused?.kind === 'breaker');
    scene.sweep.stop();
    expect((await scene.sweep.finished).counts).toMatchObject({ failure: 1, pending: 2 });
  });

  test('lets a sweep go on when one of the first runs succeeded', async () => {
    await using scene = await carried({ breaker: 2 });
    (await scene.next()).exit(0);
    for (let run = 1; run < 4; run++) (await scene.next()).exit(3);
    expect((await scene.sweep.finished).counts).toMatchObject({ success: 1, failure: 3 });
  });

  test('asks nothing where nothing is left to start', async () => {
    await using scene = await carried({ breaker: 2 }, { runs: 2 });
    (await scene.next()).exit(3);
    (await scene.next()).exit(3);
    expect((await scene.sweep.finished).counts.failure).toBe(2);
  });
});

describe('a canary', () => {
  test('runs first, and the others when it has succeeded', async () => {
    await using scene = await carried({ canary: [2] }, { runs: 3, maxParallel: 3 });
    const canary = await scene.next();
    expect(canary.env.MULTIRUN_RUN).toBe('2');
    expect(statuses(scene.sweep)).toEqual(['pending', 'pending', 'running']);
    canary.exit(0);
    for (const other of [await scene.next(), await scene.next()]) other.exit(0);
    expect((await scene.sweep.finished).counts.success).toBe(3);
  });

  test('that fails pauses the sweep, until a person goes on', async () => {
    await using scene = await carried({ canary: [0] }, { runs: 2, maxParallel: 2 });
    (await scene.next()).exit(4);
    await scene.until(({ paused }) => paused?.kind === 'canary');
    expect(scene.sweep.state).toMatchObject({
      paused: { kind: 'canary', run: 0, failure: { code: 4 } },
      counts: { pending: 1, failure: 1 },
    });
    scene.sweep.resume();
    (await scene.next()).exit(0);
    expect((await scene.sweep.finished).counts).toMatchObject({ success: 1, failure: 1 });
  });

  test('that is left out gates nothing', async () => {
    await using scene = await carried({ canary: [0, 1] }, { runs: 3, maxParallel: 1 });
    const first = await scene.next();
    scene.sweep.cancelRun(1);
    first.exit(0);
    (await scene.next()).exit(0);
    expect((await scene.sweep.finished).counts).toMatchObject({ success: 2, skipped: 1 });
  });
});

describe('a guard', () => {
  test('starts nothing with too little memory, says so, and goes on when there is more', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('proc'));
    const memory = (kilobytes: number) =>
      writeFileSync(directory.at('proc', 'meminfo'), `MemAvailable: ${kilobytes} kB\n`);
    memory(1000);
    const places = { ...systemPlaces, proc: directory.at('proc') };
    await using scene = await carried(
      { minFreeMemoryBytes: 2_048_000 },
      { runs: 1, more: { runner: new ParallelLocalRunner({ places }) } },
    );
    await scene.until(({ paused }) => paused?.kind === 'memory');
    expect(scene.sweep.state.paused).toEqual({
      kind: 'memory',
      availableBytes: 1_024_000,
      limitBytes: 2_048_000,
    });
    expect(scene.count).toBe(0);
    memory(2000);
    (await scene.next()).exit(0);
    const state = await scene.sweep.finished;
    expect(state.counts.success).toBe(1);
    expect(events(scene.sweep).map((event) => ('reason' in event ? event.reason : event.type))).toEqual([
      'opened',
      'paused',
      'resumed',
      'started',
      'succeeded',
      'closed',
    ]);
  });

  test('starts nothing while the machine has too much to do', async () => {
    await using directory = await temporaryDirectory();
    mkdirSync(directory.at('proc'));
    const load = (running: number) =>
      writeFileSync(directory.at('proc', 'loadavg'), `0.1 0.1 0.1 ${running}/500 77\n`);
    load(9);
    const places = { ...systemPlaces, proc: directory.at('proc') };
    await using scene = await carried(
      { maxLoad: { load: 8 } },
      { runs: 1, more: { runner: new ParallelLocalRunner({ places }) } },
    );
    await scene.until(({ paused }) => paused?.kind === 'load');
    expect(scene.sweep.state.paused).toEqual({ kind: 'load', load: 8, limit: 8 });
    load(8);
    (await scene.next()).exit(0);
    expect((await scene.sweep.finished).counts.success).toBe(1);
  });

  test('starts nothing with too little space on the disk; a person cannot talk it over, but stop', async () => {
    await using scene = await carried({ minFreeDiskBytes: 1e18 }, { runs: 1 });
    await scene.until(({ paused }) => paused?.kind === 'disk');
    scene.sweep.resume();
    expect(scene.sweep.state.paused).toMatchObject({ kind: 'disk', limitBytes: 1e18 });
    scene.sweep.stop();
    expect((await scene.sweep.finished).counts).toMatchObject({ pending: 1 });
  });
});

test('runs start with the wanted delay between them, also where there are places', async () => {
  const begunAt = Date.now();
  await using scene = await carried({ delayMs: 150 }, { runs: 3, maxParallel: 3 });
  for (let run = 0; run < 3; run++) (await scene.next()).exit(0);
  await scene.sweep.finished;
  const starts = events(scene.sweep).filter(({ type }) => type === 'started');
  // A start may be recorded later than it was, by any time, but no earlier.
  for (const [index, { at }] of starts.entries()) expect(at - begunAt).toBeGreaterThan(index * 150 - 5);
});

test.skipIf(process.platform === 'win32')('runs yield to others by their nice', async () => {
  await using directory = await temporaryDirectory();
  const own = Number(niceOf(process.pid));
  const sweep = await multirunAsync({
    runs: [{}],
    cmd: ['nice'],
    outputPath: directory.at('sweep'),
    policy: { nice: 7 },
  });
  await sweep.finished;
  expect(Number(readFileSync(directory.at('sweep', 'runs', '0', 'stdout.log'), 'utf8'))).toBe(own + 7);
});

function niceOf(pid: number): string | undefined {
  // proc(5): the 19th field, the 17th after the name in parentheses.
  return existsSync('/proc') ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[16] : '0';
}

describe.runIf(process.platform === 'linux')('what a run used is recorded', () => {
  test('its processor time alone, where a run before it in the same place had its own', async () => {
    await using directory = await temporaryDirectory();
    const busy = (ms: number) =>
      `for (let u = { user: 0, system: 0 }; u.user + u.system < ${ms * 1000}; ) u = process.cpuUsage();`;
    const sweep = await multirunAsync({
      runs: [{ work: busy(1500) }, { work: busy(400) }],
      cmd: [process.execPath, '-e', '${work}'],
      outputPath: directory.at('sweep'),
      runner: new ParallelLocalRunner({ maxParallel: 1 }),
    });
    const { runs } = await sweep.finished;
    const [first = 0, second = 0] = [0, 1].map((run) => {
      const state = runAt(runs, run);
      return (state.status === 'success' && state.usage?.cpuMs) || 0;
    });
    expect(first).toBeGreaterThanOrEqual(1000);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(1000);
  });

  test('its processor time, and the peak of the memory of all its processes', async () => {
    await using directory = await temporaryDirectory();
    // A child holds 100 MB while it works for long enough to be seen, and both count.
    const hold =
      'const held = Buffer.alloc(1e8, 1); for (let u = { user: 0, system: 0 }; u.user + u.system < 2e6; ) u = process.cpuUsage(); held.fill(2)';
    const sweep = await multirunAsync({
      runs: [{}],
      cmd: [
        'sh',
        '-c',
        '"$0" -e "$1"; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done',
        process.execPath,
        hold,
      ],
      outputPath: directory.at('sweep'),
    });
    const run = runAt((await sweep.finished).runs, 0);
    expect(run).toMatchObject({
      status: 'success',
      usage: { cpuMs: expect.any(Number), peakMemoryBytes: expect.any(Number) },
    });
    const { cpuMs = 0, peakMemoryBytes = 0 } = run.status === 'success' ? (run.usage ?? {}) : {};
    expect(peakMemoryBytes).toBeGreaterThan(1e8);
    expect(peakMemoryBytes).toBeLessThan(5e8);
    expect(cpuMs).toBeGreaterThan(50);
  });
});
