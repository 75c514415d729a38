import { expect, test } from 'vitest';
import { parseResults } from '../../../../src/core/results/parseResults.ts';

test.each([
  [
    '{"loss": NaN, "best": -Infinity, "all": [Infinity,1]}',
    { loss: 'NaN', best: '-Infinity', all: ['Infinity', 1] },
  ],
  ['NaN', 'NaN'],
  ['{"NaN": NaN, "say \\"NaN\\"": "a \\" NaN"}', { NaN: 'NaN', 'say "NaN"': 'a " NaN' }],
  ['\uFEFF{"cost": 1}', { cost: 1 }],
])('reads %s, as programs write it', (text, results) => {
  expect(parseResults(text)).toEqual(results);
});

test.each(['{"cost": NaN\n', '{"cost": NaNs}', '{"cost": "NaN}', "{'cost': NaN}", ''])(
  'says in one line why %j is no JSON',
  (text) => {
    expect(() => parseResults(text)).toThrow(/^(?:Unexpected|Expected|Unterminated|Bad)[^\n]+$/);
  },
);

test('a large file of numbers that JSON lacks, or of one long text, is read in no time', () => {
  const many = Array(300_000).fill('NaN').join(',');
  const long = 'x\\"'.repeat(3_000_000);
  expect(parseResults(`[${many},"${long}"]`)).toHaveLength(300_001);
});
