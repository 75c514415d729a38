import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasNumpy, hasPython, posted, runDirectory, runPython } from './python.ts';

describe.skipIf(!hasPython)('get_run_params', () => {
  it('returns the parameters of the run as a dict', () => {
    const run = runDirectory({ mass: 900, label: 'Größe "1"', flags: [true, null] });
    const { stdout } = runPython(
      'from multirun import get_run_params\nprint(ascii(get_run_params()))',
      run.variables,
    );
    expect(stdout.trim()).toBe(`{'mass': 900, 'label': 'Gr\\xf6\\xdfe "1"', 'flags': [True, None]}`);
  });

  it('has the name getRunParams as well, and post_run_results the name postRunResults', () => {
    const run = runDirectory({ mass: 900 });
    runPython('from multirun import *\npostRunResults(getRunParams())', run.variables);
    expect(run.results()).toEqual({ mass: 900 });
  });

  it('outside a run says so and how to run the program alone', () => {
    const { code, stderr } = runPython('import multirun\nmultirun.get_run_params()');
    expect(code).toBe(1);
    expect(stderr).toContain('RuntimeError: this program was not started by Multirun');
    expect(stderr).toContain('set MULTIRUN_PARAMS to its path');
    expect(stderr).toContain('get_run_params(default={...})');
  });

  it('outside a run returns the default', () => {
    expect(
      runPython('import multirun\nprint(multirun.get_run_params(default={"mass": 1}))').stdout.trim(),
    ).toBe("{'mass': 1}");
  });

  it('inside a run pays no heed to the default', () => {
    const run = runDirectory({ mass: 900 });
    const program = 'import multirun\nprint(multirun.get_run_params(default={"mass": 1, "thrust": 2}))';
    expect(runPython(program, run.variables).stdout.trim()).toBe("{'mass': 900}");
  });

  it('names the file that it cannot read', () => {
    const run = runDirectory();
    writeFileSync(run.variables.MULTIRUN_PARAMS, '{"mass": 9');
    const { stderr } = runPython('import multirun\nmultirun.get_run_params()', run.variables);
    expect(stderr).toContain(
      `RuntimeError: cannot read the parameters of this run from ${run.variables.MULTIRUN_PARAMS}: `,
    );
  });
});

describe.skipIf(!hasPython)('post_run_results', () => {
  it('writes JSON that a person can read, and leaves nothing else behind', () => {
    const run = posted('{"outcome": "gelandet 🚀", "miss": 1.5}');
    expect(run.text('results.json')).toBe('{\n  "outcome": "gelandet 🚀",\n  "miss": 1.5\n}\n');
    expect(readdirSync(run.folder).sort()).toEqual(['params.json', 'results.json']);
  });

  it('writes long results on one line', () => {
    expect(posted('list(range(5000))').text('results.json').split('\n')).toHaveLength(2);
  });

  it.each([
    [
      'NaN and the infinities',
      '[float("nan"), float("inf"), -float("inf")]',
      ['NaN', 'Infinity', '-Infinity'],
    ],
    ['tuples and ranges', '{"t": (1, (2, 3)), "r": range(3)}', { t: [1, [2, 3]], r: [0, 1, 2] }],
    [
      'sets, sorted',
      '[{3, 1, 2}, frozenset("ba")]',
      [
        [1, 2, 3],
        ['a', 'b'],
      ],
    ],
    ['sets of values that have no order', '{"b", 2, None}', [null, 2, 'b']],
    [
      'keys that are no text',
      '{1: "a", 2.5: "b", None: "c", True and 7: "d"}',
      { 1: 'a', 2.5: 'b', null: 'c', 7: 'd' },
    ],
    ['whole numbers of 64 bits', '[2**53 - 1, -2**53 + 1]', [9007199254740991, -9007199254740991]],
    ['None', 'None', null],
  ])('writes %s', (_, expression, expected) => {
    expect(posted(expression).results()).toEqual(expected);
  });

  it.each([
    ['a path', 'Path("data") / "x.csv"', 'from pathlib import PurePosixPath as Path', 'data/x.csv'],
    ['a date', 'date(2026, 3, 1)', 'from datetime import date', '2026-03-01'],
    [
      'a datetime with its zone',
      'datetime(2026, 3, 1, 12, 30, tzinfo=timezone.utc)',
      'from datetime import datetime, timezone',
      '2026-03-01T12:30:00+00:00',
    ],
    ['a timedelta', 'timedelta(minutes=1.5)', 'from datetime import timedelta', 90],
    ['a decimal number', 'Decimal("0.10")', 'from decimal import Decimal', '0.10'],
    ['an enum', '[E.A, E.B]', 'import enum\nclass E(enum.Enum):\n  A = "landed"\n  B = 2', ['landed', 2]],
    ['an enum of ints', '{E.A: E.A}', 'import enum\nclass E(enum.IntEnum):\n  A = 4', { 4: 4 }],
    [
      'a dataclass with another one in it',
      'Fit(0.5, Point(1, 2))',
      [
        'import dataclasses, collections',
        'Point = collections.namedtuple("Point", "x y")',
        '@dataclasses.dataclass',
        'class Fit:',
        '  loss: float',
        '  at: Point',
      ].join('\n'),
      { loss: 0.5, at: { x: 1, y: 2 } },
    ],
    [
      'what resembles a NumPy array, without NumPy',
      'Array()',
      'class Array:\n  dtype = "float64"\n  def tolist(self): return [[1.5, float("nan")]]',
      [[1.5, 'NaN']],
    ],
  ])('writes %s', (_, expression, preparation, expected) => {
    const run = posted(expression, preparation);
    expect(run.results()).toEqual(expected);
    expect(run.has('results.pkl')).toBe(false);
  });

  it('pickles what JSON cannot hold, and still shows the rest', () => {
    const run = posted('{"accuracy": 0.9, "spectrum": [1j, 2], "raw": b"\\x00"}');
    expect(run.results()).toEqual({ accuracy: 0.9, spectrum: ['1j', 2], raw: "b'\\x00'" });
    const { stdout } = runPython(
      `import pickle\nprint(pickle.load(open(${JSON.stringify(`${run.folder}/results.pkl`)}, "rb")))`,
    );
    expect(stdout.trim()).toBe("{'accuracy': 0.9, 'spectrum': [1j, 2], 'raw': b'\\x00'}");
  });

  it.each([
    ['keys that would fall together', '{1: "a", "1": "b"}'],
    ['keys that are tuples', '{(1, 2): "a"}'],
    ['an integer beyond every double', '2**1100'],
    ['a cycle', 'cycle', 'cycle = {}\ncycle["self"] = [cycle]'],
  ])('pickles %s', (_, expression, preparation = '') => {
    const run = posted(expression, preparation);
    expect(run.has('results.pkl')).toBe(true);
    expect(() => run.results()).not.toThrow();
  });

  it('cuts the description of what JSON cannot hold', () => {
    expect(posted('b"x" * 100000').results()).toHaveLength(200);
  });

  it('says what can neither be written as JSON nor be pickled, after writing the rest', () => {
    const run = runDirectory();
    const program = 'import multirun\nmultirun.post_run_results({"loss": 1, "model": {"f": lambda x: x}})';
    const { code, stderr } = runPython(program, run.variables);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "TypeError: these results can be written neither as JSON (results['model']['f'] is of type function) nor as a pickle: ",
    );
    expect(run.results()).toMatchObject({ loss: 1 });
    expect(run.has('results.pkl')).toBe(false);
  });

  it('called twice keeps the last results only', () => {
    const run = runDirectory();
    const program = [
      'import multirun',
      'multirun.post_run_results({"first": 1j})',
      'multirun.post_run_results({"second": 2})',
    ];
    runPython(program.join('\n'), run.variables);
    expect(run.results()).toEqual({ second: 2 });
    expect(run.has('results.pkl')).toBe(false);
  });

  it('outside a run prints the results', () => {
    const { code, stdout } = runPython('import multirun\nmultirun.post_run_results({"miss": float("nan")})');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ miss: 'NaN' });
  });

  it('outside a run prints to a terminal of few letters, too', () => {
    const { stdout } = runPython('import multirun\nmultirun.post_run_results("é\\ud800")', {
      PYTHONUTF8: '0',
      PYTHONIOENCODING: 'ascii',
    });
    expect(stdout.trim()).toBe('"\\u00e9\\ud800"');
  });
});

describe.skipIf(!hasNumpy)('post_run_results with NumPy', () => {
  it.each([
    [
      'scalars',
      '[np.float64(0.5), np.float32(0.25), np.int64(3), np.bool_(True), np.str_("a")]',
      [0.5, 0.25, 3, true, 'a'],
    ],
    ['a number longer than a double', 'np.longdouble(1.5)', 1.5],
    [
      'arrays',
      '{"a": np.arange(4).reshape(2, 2), "none": np.zeros(0)}',
      {
        a: [
          [0, 1],
          [2, 3],
        ],
        none: [],
      },
    ],
    ['an array of one value without dimensions', 'np.array(3)', 3],
    ['numbers that are none', 'np.array([np.nan, np.inf])', ['NaN', 'Infinity']],
    [
      'moments and durations',
      '[np.datetime64("2026-03-01T12:00:00", "ns"), np.timedelta64(1500, "ms")]',
      ['2026-03-01T12:00:00.000000000', 1.5],
    ],
    ['keys', '{np.int64(3): 1}', { 3: 1 }],
  ])('writes %s', (_, expression, expected) => {
    const run = posted(expression, 'import numpy as np');
    expect(run.results()).toEqual(expected);
    expect(run.has('results.pkl')).toBe(false);
  });

  it('pickles complex arrays', () => {
    expect(posted('np.ones(2) * 1j', 'import numpy as np').has('results.pkl')).toBe(true);
  });
});
