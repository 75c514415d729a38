import { expect, test } from 'vitest';
import { analyseFailures, type FailuresOrder } from '../../../../src/extension/failures/analyseFailures.ts';
import { inThread } from '../../../../src/extension/thread.ts';
import { recordedSweep } from '../../../rig/recordedSweep.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

const program = new URL('../../../../src/extension/failures/failuresWorker.ts', import.meta.url);

test('why runs failed is found out the same in a thread of its own, from what is known already and from logs', async () => {
  await using directory = await temporaryDirectory();
  const failure = { reason: 'exit-code', code: 1 } as const;
  const runs = Array.from({ length: 60 }, (_, run) =>
    run % 3 === 0
      ? { params: { dt: 1 + run }, failure, stderr: `ValueError: singular matrix in step ${run}\n` }
      : { params: { dt: 1 / (1 + run) } },
  );
  const order: FailuresOrder = {
    directory: await recordedSweep(directory.path, 'failing', runs),
    createdTotal: runs.length,
    problemMatchers: [],
    failed: runs.flatMap(({ failure }, run) => (failure ? [{ run, failure, error: undefined }] : [])),
    succeeded: runs.flatMap(({ failure }, run) => (failure ? [] : [run])),
  };
  const here = await analyseFailures(order);
  expect(here.clusters).toMatchObject([
    { title: 'ValueError: singular matrix in step #', rule: { failed: 20, ofFailed: 20, succeeded: 0 } },
  ]);
  expect(await inThread(program, order)).toEqual(here);

  // What was read before is not read again.
  const known = order.failed.map((one, place) => ({ ...one, error: here.errors[place] }));
  const again = { ...order, failed: known.map((one) => (one.run === 30 ? { ...one, error: null } : one)) };
  const { clusters, errors } = await inThread<typeof here>(program, again);
  expect(clusters[0]?.runs).toHaveLength(19);
  expect(errors[10]).toBeNull();
});
