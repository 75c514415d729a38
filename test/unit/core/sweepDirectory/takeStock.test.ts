import { mkdirSync, writeFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runAt } from '../../../../src/core/runTable.ts';
import { processIdentity } from '../../../../src/core/sweepDirectory/processIdentity.ts';
import { openSweep, readHeader } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { takeStock } from '../../../../src/core/sweepDirectory/takeStock.ts';
import { applyEvent, type SweepState } from '../../../../src/core/sweepState.ts';
import { controlledCommand } from '../../../rig/controlledCommand.ts';
import { finish, forgetEvents, killedWriter, parentOf } from '../../../rig/killedWriter.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** What the writer that comes after the one that was killed makes of it. */
async function takenStock(sweepDirectory: string, state: SweepState) {
  return takeStock({ sweepDirectory, header: await readHeader(sweepDirectory), state, term: 2 });
}

/** What the runs of a sweep are once stock has been taken of it. */
async function stockOf(directory: string) {
  const { recorded } = await openSweep(directory);
  const { runs, counts } = (await takenStock(directory, recorded)).reduce(applyEvent, recorded);
  return { counts, runs: Array.from({ length: recorded.total }, (_, run) => runAt(runs, run)) };
}

describe('taking stock of a sweep whose writer was killed', () => {
  test('finds the run that was started and never recorded, by the launcher that waits for it', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [first, second] = await killedWriter({ directory: sweep, maxParallel: 2, program });
    forgetEvents(sweep, ({ type, run }) => type === 'started' && run === 1);
    expect((await openSweep(sweep)).recorded.counts).toMatchObject({ running: 1, pending: 2 });
    const { counts, runs } = await stockOf(sweep);
    expect(counts).toMatchObject({ running: 2, pending: 1 });
    expect(runs[1]).toMatchObject({ status: 'running', attempts: 1, pid: second!.pid, slot: 1 });
    expect(runs[1]).toMatchObject({ ticks: expect.any(Number) });
    await finish(first!, 0);
    await finish(second!, 0);
  });

  test('knows how such a run ended in the meantime', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
    forgetEvents(sweep, ({ type }) => type === 'started');
    await finish(run!, 3);
    expect((await stockOf(sweep)).runs[0]).toMatchObject({
      status: 'failure',
      attempts: 1,
      failure: { reason: 'exit-code', code: 3 },
    });
  });

  test('finds it even when its launcher was killed too; and calls it lost when it was killed itself', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
    forgetEvents(sweep, ({ type }) => type === 'started');
    process.kill(parentOf(run!.pid), 'SIGKILL');
    expect((await stockOf(sweep)).runs[0]).toMatchObject({ status: 'running', pid: run!.pid });
    process.kill(run!.pid, 'SIGKILL');
    await run!.gone;
    expect((await stockOf(sweep)).runs[0]).toMatchObject({
      status: 'failure',
      attempts: 1,
      failure: { reason: 'lost' },
    });
  });

  test('takes no process for a run that only got its id', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
    process.kill(parentOf(run!.pid), 'SIGKILL');
    const { recorded } = await openSweep(sweep);
    const known = runAt(recorded.runs, 0);
    const at = Date.now();
    const started = { ...known, type: 'started', run: 0, attempt: 1, at } as const;
    const recycled = applyEvent(recorded, { ...started, pid: run!.pid, slot: 0, ticks: 1 });
    expect(await takenStock(sweep, recycled)).toMatchObject([
      { type: 'failed', failure: { reason: 'lost' } },
    ]);
    run!.exit(0);
  });

  test('takes what an earlier attempt left for nothing else', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
    await finish(run!, 3);
    const before = (await openSweep(sweep)).recorded;
    const events = await takenStock(sweep, before);
    const requeued = [...events, { type: 'requeued', run: 0, why: 'asked', at: 1 } as const].reduce(
      applyEvent,
      before,
    );
    // Its logs are those of the first attempt, also where their move had begun when the writer died.
    expect(await takenStock(sweep, requeued)).toEqual([]);
    mkdirSync(`${run!.cwd}/attempts/.1`, { recursive: true });
    expect(await takenStock(sweep, requeued)).toEqual([]);
    // And those of the second one, once the first one's are put away.
    mkdirSync(`${run!.cwd}/attempts/1`, { recursive: true });
    expect(await takenStock(sweep, requeued)).toMatchObject([
      { type: 'started', attempt: 2 },
      { type: 'failed', failure: { code: 3 } },
    ]);
  });

  test('believes that runs of an earlier boot are gone, and those elsewhere only when it has taken the sweep over', async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = directory.at('sweep');
    const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
    const journal = `${sweep}/journal.jsonl`;
    const { recorded } = await openSweep(sweep);
    const rebooted = { ...recorded, writer: { ...recorded.writer!, boot: 'an earlier one' } };
    expect(await takenStock(sweep, rebooted)).toMatchObject([{ failure: { reason: 'lost' } }]);
    forgetEvents(sweep, () => true);
    const opened = { type: 'sweep', reason: 'opened', at: 1, version: 2, total: 2, maxParallel: 1 };
    const writer = { ...recorded.writer!, boot: 'x', host: 'elsewhere' };
    const started = { type: 'started', at: 2, run: 0, attempt: 1, pid: 1, slot: 0 };
    writeFileSync(
      journal,
      [{ ...opened, writer }, started].map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
    const view = await openSweep(sweep);
    expect(view.state.counts).toMatchObject({ running: 1 });
    expect(await takenStock(sweep, view.recorded)).toMatchObject([{ failure: { reason: 'lost' } }]);
    await finish(run!, 0);
  });
});

test('an exit code that is about to be written is waited for', async () => {
  await using directory = await temporaryDirectory();
  await using program = await controlledCommand();
  const sweep = directory.at('sweep');
  const [run] = await killedWriter({ directory: sweep, maxParallel: 1, program });
  const launcher = parentOf(run!.pid);
  // Its child has ended, and it has not got to it yet.
  process.kill(launcher, 'SIGSTOP');
  run!.exit(0);
  await run!.gone;
  // Its connection closes a moment before it ends.
  while ((await processIdentity(run!.pid)) !== undefined) await nextTurn();
  const { recorded } = await openSweep(sweep);
  const taken = takenStock(sweep, recorded);
  setImmediate(() => process.kill(launcher, 'SIGCONT'));
  expect(await taken).toMatchObject([{ type: 'succeeded', run: 0 }]);
});
