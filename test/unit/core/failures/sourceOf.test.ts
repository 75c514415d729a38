import { describe, expect, test } from 'vitest';
import { type RunPlace, sourceOf } from '../../../../src/core/failures/sourceOf.ts';

const place: RunPlace = {
  sweepDirectory: '/ada/multirun/sim/1',
  runDirectory: '/ada/multirun/sim/1/runs/07',
  home: '/ada',
  inputs: [
    { path: '/ada/src/main.py', linkage: 'shared', name: 'main.py' },
    { path: '/ada/lib', linkage: 'shared', name: 'lib' },
    { path: '/ada/tables/a.csv', linkage: 'copy', name: 'data/table.csv' },
    { path: '/ada/big.bin', linkage: 'link', name: 'big.bin' },
  ],
};

describe('a path in a log leads to', () => {
  test.each([
    ['the original of a link in the run directory', 'main.py', '/ada/src/main.py', 'inputs/main.py'],
    [
      'the same by an absolute path',
      '/ada/multirun/sim/1/runs/07/main.py',
      '/ada/src/main.py',
      'inputs/main.py',
    ],
    [
      'the same by the shared copy, which Node and Python resolve',
      '/ada/multirun/sim/1/inputs/main.py',
      '/ada/src/main.py',
      'inputs/main.py',
    ],
    ['the same by a URL', 'file:///ada/multirun/sim/1/inputs/main.py', '/ada/src/main.py', 'inputs/main.py'],
    [
      'a file in a directory that is an input',
      './lib/deep/x.py',
      '/ada/lib/deep/x.py',
      'inputs/lib/deep/x.py',
    ],
    ['an input with another name', 'data/table.csv', '/ada/tables/a.csv', 'runs/07/data/table.csv'],
  ])('%s', (_, file, path, used) => {
    expect(sourceOf(file, place)).toEqual({ path, used: `${place.sweepDirectory}/${used}` });
  });

  test.each([
    ['the original itself, where the run used that', 'big.bin', '/ada/big.bin'],
    ['itself, where it is no input', '/usr/lib/python3/json.py', '/usr/lib/python3/json.py'],
    ['a file that the run made', 'out/generated.py', '/ada/multirun/sim/1/runs/07/out/generated.py'],
    ['a file below the home directory', '~/other/x.jl', '/ada/other/x.jl'],
    ['no input whose name only begins alike', 'main.pyx', '/ada/multirun/sim/1/runs/07/main.pyx'],
  ])('%s', (_, file, path) => {
    expect(sourceOf(file, place)).toEqual({ path, used: path });
  });
});
