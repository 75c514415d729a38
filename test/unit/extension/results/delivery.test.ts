import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addValues, chunkBuilder } from '../../../../src/core/resultsTable/chunk.ts';
import { encodeChunk } from '../../../../src/core/resultsTable/chunkBytes.ts';
import { createDelivery } from '../../../../src/extension/results/delivery.ts';
import type { ToResults } from '../../../../src/extension/results/protocol.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

test('a page that cannot fetch a file gets what is in it as a message', async () => {
  await using directory = await temporaryDirectory();
  const builder = chunkBuilder(['result'], 1);
  builder.run(5);
  addValues(builder, {}, { y: 0.1, word: 'ü' });
  const chunk = builder.build();
  const file = directory.at('5.chunk');
  writeFileSync(file, encodeChunk(chunk));

  const posted: ToResults[] = [];
  const delivery = createDelivery(
    (path) => `address of ${path}`,
    async (message) => posted.push(message),
  );
  const taken = delivery.tell(3, { file });
  await expect.poll(() => posted.length).toBe(1);
  expect(posted).toEqual([{ type: 'chunk-file', sweep: 3, file, address: `address of ${file}` }]);
  await delivery.receive({ type: 'taken', file, isMissed: true });
  await taken;
  expect(posted.slice(1)).toEqual([{ type: 'chunk', sweep: 3, chunk }]);

  // The page of before answers no more.
  const forgotten = delivery.tell(3, { file });
  delivery.forget();
  await forgotten;
  delivery.dispose();
});
