import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultirunError } from '../../../../src/core/errors.ts';
import { importHydra } from '../../../../src/core/import/hydra/importHydra.ts';
import { readHydraConfig } from '../../../../src/core/import/hydra/readConfig.ts';
import { writeImported } from '../../../../src/core/import/importedSweep.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { expandTemplate } from '../../../../src/core/template.ts';
import { fileOf } from '../sweepFile/problems.ts';

const optionsOf = (group: string) => (group === 'schema' ? ['school', 'support', 'warehouse'] : undefined);

/** What each run of an imported line is given, in the order of the plan: the words behind the program. */
function jobsOf(...overrides: string[]): string[] {
  const imported = importHydra({ command: ['./app'], overrides, optionsOf });
  const text = writeImported(imported, { source: overrides.join(' '), placeOf: () => undefined, here: '' });
  const { cmd, space } = fileOf(text);
  const { plan } = planSweep(space, { seed: 1 });
  if (plan === undefined) throw new Error(`no plan for\n${text}`);
  return Array.from({ length: plan.size }, (_, run) =>
    cmd
      .slice(1)
      .map((word) => expandTemplate(word, plan.at(run)))
      .join(' '),
  );
}

// What Hydra's documentation shows for its basic sweeper:
// https://hydra.cc/docs/tutorials/basic/running_your_app/multi-run/
// https://hydra.cc/docs/advanced/override_grammar/extended/
describe('a multirun line of Hydra', () => {
  test.each<[string[], string[]]>([
    [
      ['db=mysql,postgresql', 'schema=warehouse,support,school'],
      [
        'db=mysql schema=warehouse',
        'db=mysql schema=support',
        'db=mysql schema=school',
        'db=postgresql schema=warehouse',
        'db=postgresql schema=support',
        'db=postgresql schema=school',
      ],
    ],
    [
      ['x=1,2', 'y=3'],
      ['x=1 y=3', 'x=2 y=3'],
    ],
    [['x=range(1,4)'], ['x=1', 'x=2', 'x=3']],
    [['x=range(3)'], ['x=0', 'x=1', 'x=2']],
    [['x=range(1,10,step=2)'], ['x=1', 'x=3', 'x=5', 'x=7', 'x=9']],
    [['x=range(start=1,stop=10,step=4)'], ['x=1', 'x=5', 'x=9']],
    [['x=range(10,1,step=-3)'], ['x=10', 'x=7', 'x=4']],
    [['x=range(0,1,0.25)'], ['x=0', 'x=0.25', 'x=0.5', 'x=0.75']],
    [['x=range(0,0.5,0.1)'], ['x=0', 'x=0.1', 'x=0.2', 'x=0.3', 'x=0.4']],
    [['x=range(1e-1,3e-1,1e-1)'], ['x=0.1', 'x=0.2']],
    [['x=choice(a,b,c)'], ['x=a', 'x=b', 'x=c']],
    [['x=choice(1, true ,null,a b)'], ['x=1', 'x=true', 'x=null', 'x=a b']],
    [['x=sort(3,1,2)'], ['x=1', 'x=2', 'x=3']],
    [['x=sort(3,1,2,reverse=true)'], ['x=3', 'x=2', 'x=1']],
    [['x=sort(choice(b,c,a))'], ['x=a', 'x=b', 'x=c']],
    [['x=sort(range(0,5,2),reverse=true)'], ['x=4', 'x=2', 'x=0']],
    [['x=sort(range(10,1,-3))'], ['x=4', 'x=7', 'x=10']],
    [['x=shuffle(a,b,c)'], ['x=a', 'x=b', 'x=c']],
    [['x=shuffle(range(3))'], ['x=0', 'x=1', 'x=2']],
    [['x=tag(t1,t2,choice(a,b))'], ['x=a', 'x=b']],
    [['x=int(3.14,2.9)'], ['x=3', 'x=2']],
    [['x=int(choice(3.14,"7"))'], ['x=3', 'x=7']],
    [['x=float(range(1,3))'], ['x=1', 'x=2']],
    [['x=str(1,true)'], ['x=1', 'x=true']],
    [['x=str(range(2))'], ['x=0', 'x=1']],
    [['x=bool(0,1)'], ['x=false', 'x=true']],
    [['x=bool("FALSE",3)'], ['x=false', 'x=true']],
    [['x=json_str(choice([1, a], {b: 2}))'], ['x=\\[1\\,\\ "a"\\]', 'x=\\{"b"\\:\\ 2\\}']],
    [["x='a,b','c d'"], ["x='a,b'", "x='c d'"]],
    [['x="it\\"s",b'], ['x="it\\"s"', 'x=b']],
    [['x=[1,2],[a, [b]]'], ['x=[1,2]', 'x=[a, [b]]']],
    [['x={a:1,b: 2},{a:3}'], ['x={a:1,b: 2}', 'x={a:3}']],
    [['x=a\\,b,c'], ['x=a\\,b', 'x=c']],
    [['x=${oc.env:HOME,${y}},b'], ['x=${oc.env:HOME,${y}}', 'x=b']],
    [
      ['x=/usr/bin:/bin,-1.5e-3,+4,1_000,.5,5.'],
      ['x=/usr/bin:/bin', 'x=-0.0015', 'x=4', 'x=1000', 'x=0.5', 'x=5'],
    ],
    [['x=12345678901234567890,nan,inf'], ['x=12345678901234567890', 'x=nan', 'x=inf']],
    [['schema=glob(*)'], ['schema=school', 'schema=support', 'schema=warehouse']],
    [['schema=glob([s*,w*],exclude=*oo?)'], ['schema=support', 'schema=warehouse']],
    [
      ['optimizer.lr=0.1,0.01', '+model.depth=2', '~db', '++a.b=1,2'],
      [
        'optimizer.lr=0.1 +model.depth=2 ~db ++a.b=1',
        'optimizer.lr=0.1 +model.depth=2 ~db ++a.b=2',
        'optimizer.lr=0.01 +model.depth=2 ~db ++a.b=1',
        'optimizer.lr=0.01 +model.depth=2 ~db ++a.b=2',
      ],
    ],
    [
      ['model=a,b', 'model.depth=1,2'],
      ['model=a model.depth=1', 'model=a model.depth=2', 'model=b model.depth=1', 'model=b model.depth=2'],
    ],
    [
      ['db@backup=x,y', 'hydra/launcher=joblib', 'hydra.job.name=n'],
      ['db@backup=x hydra.job.name=n', 'db@backup=y hydra.job.name=n'],
    ],
    [
      ['x=1,2', "note='${y}${{z}'"],
      ["x=1 note='${y}${{z}'", "x=2 note='${y}${{z}'"],
    ],
    [
      ['x=1,2', 'empty=', "quoted='a,b'", 'list=[1,2]', 'f=int(3.5)'],
      ["x=1 empty= quoted='a,b' list=[1,2] f=int(3.5)", "x=2 empty= quoted='a,b' list=[1,2] f=int(3.5)"],
    ],
  ])('%j starts the same jobs', (overrides, jobs) => {
    expect(jobsOf(...overrides)).toEqual(jobs);
  });

  test('with a long range is not listed', () => {
    expect(importHydra({ command: ['a'], overrides: ['x=range(0,1000000,0.5)'] }).space).toEqual({
      parameters: { x: { min: 0, max: 999_999.5, step: 0.5 } },
    });
    expect(jobsOf('x=range(0,60)')).toHaveLength(60);
    expect(jobsOf('x=range(0,6,0.1)').at(-1)).toBe('x=5.9');
  });

  test('with intervals draws as many as its optimiser would try', () => {
    const imported = importHydra({
      command: ['./app'],
      overrides: [
        'lr=tag(log, interval(1e-4,1e-1))',
        'n=int(interval(1,8))',
        'd=interval(0,0.5)',
        'o=a,b',
        'k=range(0,100)',
        'hydra.sweeper.n_trials=30',
        'hydra.sweeper.sampler.seed=7',
        'hydra.launcher.n_jobs=3',
        'hydra/sweeper=optuna',
      ],
    });
    expect(imported.space).toEqual({
      method: 'random',
      samples: 30,
      parameters: {
        lr: { distribution: 'log_uniform_values', min: 1e-4, max: 0.1 },
        n: { distribution: 'int_uniform', min: 1, max: 8 },
        d: { distribution: 'uniform', min: 0, max: 0.5 },
        o: ['a', 'b'],
        k: { min: 0, max: 99, step: 1 },
      },
    });
    expect(imported.more).toEqual({ seed: 7, runner: { max_parallel: 3 } });
    const { space } = fileOf(writeImported(imported, { source: '', placeOf: () => undefined, here: '' }));
    expect(planSweep(space).plan?.size).toBe(30);
    expect(importHydra({ command: ['a'], overrides: ['x=interval(0,1)'] }).space).toMatchObject({
      samples: 20,
    });
  });

  test.each<[string, string]>([
    ['x=3', 'no override has several values'],
    ['x', '"x" is no override of Hydra; write key=value'],
    ['--foo', '"--foo" is no override of Hydra'],
    ['x=range(1,2', '"x=range(1,2", column 12: ")" is missing'],
    ['x=[1,2', '"]" is missing'],
    ["x='a,b", "column 3: a text that begins with ' must end with it"],
    ['x=a)', 'column 4: ")" is not expected here'],
    ['x=a,,b', 'column 5: a value is missing'],
    ['x=frobnicate(1)', 'frobnicate: Hydra has no such function; there are choice, range, interval'],
    ['x=range(0,1,0)', 'range: the step is zero'],
    ['x=range(3,1)', 'range: it has no values'],
    ['x=range(a,1)', 'range: its arguments must be numbers'],
    ['x=range(0,1,1e-999)', 'range: its numbers are beyond all measure'],
    ['x=choice()', 'choice: there is nothing to choose from'],
    ['x=choice(choice(1,2))', 'choice: a choice cannot hold another one'],
    ['x=range(1,2),3', 'a sweep cannot be one of several values'],
    ['x=sort(1,a)', 'sort: numbers and texts have no order together'],
    ['x=int(a,b)', 'int: a is no number'],
    ['x=tag(log,3)', 'tag: its last argument must be'],
    ['x=interval(1,1)', 'the interval is empty'],
    ['x=tag(log,interval(0,1))', 'a logarithmic interval begins above zero'],
    ['x=glob(*)', 'the options of the group "x" are not known; give its configuration with --config-dir'],
    ['schema=glob(z*)', 'no option of "schema" matches; there are school, support, warehouse'],
    ['x=${a', '"${" must be closed by "}"'],
    ['x=range(100000000,0,-1)', 'too long to be listed'],
  ])('%s is refused: %s', (override, message) => {
    expect(() => importHydra({ command: ['a'], overrides: [override], optionsOf })).toThrow(message);
  });
});

describe('a configuration of Hydra', () => {
  test('of version 1.0 keeps a setting among its parameters, which is none', () => {
    const { overrides, program } = readHydraConfig(
      'hydra: {sweeper: {params: {max_batch_size: null, x: "1,2"}}, job: {name: "???"}}\n',
      'a.yaml',
    );
    expect(overrides).toEqual(['x=1,2']);
    expect(program).toBeUndefined();
  });

  test.each([
    ['a: [', 'a.yaml is no YAML'],
    ['hydra: {sweeper: {params: [1]}}', 'a.yaml names nothing to vary'],
    ['', 'a.yaml names nothing to vary'],
    ['- 1', 'a.yaml names nothing to vary'],
  ])('%j is refused', (text, message) => {
    expect(() => readHydraConfig(text, 'a.yaml')).toThrow(message);
  });
});

test('any override is imported or refused with a message, and what is imported is a sound sweep file', () => {
  const part = fc.constantFrom(
    ...[
      'a',
      'b.c',
      '1',
      '-2.5e3',
      ',',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ' ',
      "'",
      '"',
      '\\',
      '$',
      '${',
      '=',
      '+',
      '~',
      '@',
      '/',
    ],
    ...[
      'range',
      'choice',
      'interval',
      'glob',
      'sort',
      'shuffle',
      'tag',
      'int',
      'str',
      'json_str',
      'true',
      'null',
      '\t',
      'ä',
      '\n',
    ],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), fc.array(part, { maxLength: 6 }), (value, other) => {
      const overrides = [`k=${value.join('')}`, `x=1,2`, `m=${other.join('')}`];
      try {
        const imported = importHydra({ command: ['./app'], overrides, optionsOf });
        const text = writeImported(imported, {
          source: overrides.join(' '),
          placeOf: () => undefined,
          here: '',
        });
        expect(fileOf(text).cmd).toHaveLength(4);
      } catch (error) {
        if (!(error instanceof MultirunError)) throw error;
      }
    }),
    { numRuns: 5000 },
  );
});
