import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAt } from '../../../../src/core/runTable.ts';
import { encodeEvent } from '../../../../src/core/sweepDirectory/journalFormat.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { journalThread } from '../../../../src/extension/sweeps/journalThread.ts';
import { recordedSweep } from '../../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const program = new URL('../../../../src/extension/sweeps/journalWorker.ts', import.meta.url);

test('a long journal that a thread has read tells the same, and is read on from where it ended', async () => {
  await using directory = await temporaryDirectory();
  const runs = Array.from({ length: 16_000 }, (_, run) => ({
    params: { run },
    pending: run % 5 === 4,
    usage: { cpuMs: run, peakMemoryBytes: 1e6 + run },
    ...(run % 5 === 3 && { failure: { reason: 'exit-code', code: run % 7 } as const }),
  }));
  const sweep = await recordedSweep(directory.path, 'long', runs);
  const journal = join(sweep, 'journal.jsonl');
  expect(statSync(journal).size).toBeGreaterThan(2 << 20);
  // Half of the last line is not written yet, and another one is nobody's.
  appendFileSync(journal, 'nonsense\n{"type":"requ');

  const here = await openSweep(sweep);
  const elsewhere = await openSweep(sweep, { readJournal: journalThread(program) });
  expect(elsewhere.state).toEqual(here.state);
  expect(elsewhere.problems).toEqual(here.problems);
  expect(elsewhere.problems).toHaveLength(1);

  truncateSync(journal, statSync(journal).size - '{"type":"requ'.length);
  appendFileSync(journal, encodeEvent({ type: 'requeued', run: 3, at: 5, why: 'asked' }));
  expect(await elsewhere.refresh()).toBe(true);
  expect(runAt(elsewhere.state.runs, 3).status).toBe('pending');
  await here.refresh();
  expect(elsewhere.state).toEqual(here.state);
  expect(await elsewhere.refresh()).toBe(false);
});
