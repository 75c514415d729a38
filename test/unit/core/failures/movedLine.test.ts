import { expect, test } from 'vitest';
import { movedLine } from '../../../../src/core/failures/movedLine.ts';

const used = ['a', 'b', '', 'fail()', 'end'];

test.each([
  ['stays where it is', used, 4, 4],
  ['moves with what was written before it', ['new', ...used], 4, 5],
  ['is gone when it was mended', ['a', 'b', '', 'mended()', 'end'], 4, undefined],
  ['is gone when nothing tells which it is', ['a', 'x', 'x', 'fail()'].concat('', ''), 3, undefined],
  ['is in doubt when it stands twice', ['fail()', 'b', 'c', 'd', 'fail()'], 4, undefined],
  ['was never there', used, 9, undefined],
])('a line that failed %s', (_, now, line, expected) => {
  expect(movedLine(used, now, line)).toBe(expected);
});
