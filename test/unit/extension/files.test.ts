import { expect, test } from 'vitest';
import { topmost } from '../../../src/extension/files.ts';

test('of paths within each other the outermost stay', () => {
  expect(
    topmost(['/w/multirun/a', '/w/multirun', '/w/multirun/a/sweep.json', '/w/multirun-2', '/x'], '/'),
  ).toEqual(['/w/multirun-2', '/w/multirun', '/x']);
});
