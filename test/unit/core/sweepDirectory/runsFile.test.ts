import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendRuns, runsReader, writeRuns } from '../../../../src/core/sweepDirectory/runsFile.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

test('the parameters of any run are read, in any order, from a file that is read in pieces', async () => {
  await using temporary = await temporaryDirectory();
  const directory = temporary.path;
  const path = join(directory, 'runs.jsonl');
  const paramsOf = (run: number) => ({ run, text: 'é'.repeat(run === 77 ? 400_000 : run % 500) });
  await writeRuns(
    path,
    Array.from({ length: 3000 }, (_, run) => paramsOf(run)),
  );
  const params = runsReader(directory);
  for (const run of [0, 2999, 77, 76, 78, 1, 1500, 1501, 77]) expect(params(run)).toEqual(paramsOf(run));
  expect(() => params(3000)).toThrow('with the parameters of run 3000, is not there');
});

test('runs are appended to the first ones; what was broken off behind them goes', async () => {
  await using temporary = await temporaryDirectory();
  const directory = temporary.path;
  const path = join(directory, 'runs.jsonl');
  await writeRuns(path, [{ a: 0 }, { a: 1 }]);
  await writeFile(path, '{"run":2,"params":{"a":9}}\n{"run":3,"par', { flag: 'a' });
  await appendRuns(path, 2, [{ a: 2 }, { a: 3 }]);
  expect([0, 1, 2, 3].map(runsReader(directory))).toEqual([0, 1, 2, 3].map((a) => ({ a })));
});

test.each([
  [
    'a line was taken out',
    '{"run":0,"params":{"a":0}}\n{"run":2,"params":{"a":2}}\n',
    'is not what Multirun wrote',
  ],
  ['a line is torn', '{"run":0,"params":{"a":0}}\n{"run":1,"par\n', 'is not what Multirun wrote'],
  ['a line is something else', '{"run":0,"params":{"a":0}}\nnull\n', 'is not what Multirun wrote'],
  ['its end is missing', '{"run":0,"params":{"a":0}}\n{"run":1,"params"', 'is not there'],
])('a file in which %s gives no run the parameters of another', async (_, text, problem) => {
  await using temporary = await temporaryDirectory();
  await writeFile(join(temporary.path, 'runs.jsonl'), text);
  const params = runsReader(temporary.path);
  expect(params(0)).toEqual({ a: 0 });
  expect(() => params(1)).toThrow(
    expect.objectContaining({
      code: 'not-a-sweep',
      message: `${join(temporary.path, 'runs.jsonl')} was changed or damaged: its line 2, with the parameters of run 1, ${problem}; put the file back as it was`,
    }),
  );
});
