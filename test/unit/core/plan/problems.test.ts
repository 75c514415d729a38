import { describe, expect, test } from 'vitest';
import { planProblems, readPlan } from './plans.ts';

describe('a problem of', () => {
  test.each<[string, string[]]>([
    ['{min: 3, max: 1, steps: 3}', ['invalid-value at "3"']],
    ['{min: 0, max: 1, step: 0}', ['invalid-value at "0"']],
    ['{min: 0, max: 1, steps: 3, scale: log}', ['invalid-value at "0"']],
    ['{min: 0, max: 1, steps: 3, scale: 2}', ['invalid-value at "2"']],
    ['{min: 0, max: 1, steps: 2.5}', ['invalid-value at "2.5"']],
    ['{min: 0, max: 1, steps: 0}', ['invalid-value at "0"']],
    ['{min: 0, steps: 3}', ['missing-key at "x"']],
    ['{max: 1}', ['missing-key at "x"']],
    ['{min: a, max: 1}', ['wrong-type at "a"']],
    ['{min: .nan, max: 1}', ['invalid-value at ".nan"']],
    ['{min: 0, max: .inf}', ['invalid-value at ".inf"']],
    ['{distribution: unifrm, min: 0, max: 1}', ['invalid-value at "unifrm"']],
    ['{distribution: uniform, min: 2, max: 1}', ['invalid-value at "2"']],
    ['{distribution: uniform, mu: 2, min: 0, max: 1}', ['conflicting-keys at "mu"']],
    ['{distribution: int_uniform, min: 0.5, max: 3}', ['invalid-value at "0.5"']],
    ['{distribution: log_uniform_values, min: 0, max: 1}', ['invalid-value at "0"']],
    ['{distribution: normal, sigma: -1}', ['invalid-value at "-1"']],
    ['{distribution: triangular, min: 0, max: 1}', ['missing-key at "x"']],
    ['{distribution: weibull, shape: 1, scale: log}', ['invalid-value at "log"']],
    ['{distribution: q_normal, q: 0}', ['invalid-value at "0"']],
    ['{distribution: bernoulli, p: 1.5}', ['invalid-value at "1.5"']],
    ['{distribution: categorical}', ['missing-key at "x"']],
    ['{values: [1, 2], probabilities: [0.5, 0.6]}', ['invalid-value at "[0.5, 0.6]"']],
    ['{values: [1, 2], probabilities: [1]}', ['invalid-value at "[1]"']],
    ['{values: [1, 2], probabilities: [-1, 2]}', ['invalid-value at "[-1, 2]"']],
    ['{values: []}', ['empty-plan at "x"']],
    ['{}', ['missing-key at "x"']],
    ['{mu: 1}', ['missing-key at "x"']],
    ['{value: 1, min: 2}', ['conflicting-keys at "min"']],
    ['{values: [1], step: 2}', ['conflicting-keys at "step"']],
    ['{vaules: [1]}', ['unknown-key at "vaules"']],
    ['{parameters: {}}', ['empty-plan at "parameters"']],
    ['{parameters: {y: [1]}, min: 1}', ['conflicting-keys at "min"']],
    ['{parameters: [1]}', ['wrong-type at "[1]"']],
    ['{values: [1], when: [1]}', ['wrong-type at "[1]"']],
    ['{from: none.csv}', []],
  ])('a parameter: %s', (written, problems) => {
    expect(planProblems(`method: random\nsamples: 2\nparameters: {x: ${written}}`)).toEqual(problems);
  });

  test.each<[string, string[]]>([
    ['method: bayes\nparameters: {a: [1]}', ['not-supported at "bayes"']],
    ['early_terminate: {type: hyperband}\nparameters: {a: [1]}', ['not-supported at "early_terminate"']],
    ['method: list\nparameters: {a: [1]}', ['missing-key at "list"']],
    ['parameters: {a: {min: 0.0, max: 1.0}}', ['needs-values at "a"']],
    ['parameters: {a: {distribution: normal}}', ['needs-values at "a"']],
    ['parameters: {a: {values: [1, 2], probabilities: [0.5, 0.5]}}', ['needs-values at "a"']],
    ['method: zip\nparameters: {a: {distribution: normal}}', ['needs-values at "a"']],
    ['method: random\nparameters: {a: [1]}', ['missing-key at "random"']],
    ['method: random\nsamples: 0\nparameters: {a: [1]}', ['invalid-value at "0"']],
    ['criterion: maximin\nparameters: {a: [1]}', ['conflicting-keys at "criterion"']],
    [
      'criterion: minimax\nmethod: latin_hypercube\nsamples: 2\nparameters: {a: [1]}',
      ['invalid-value at "minimax"'],
    ],
    [
      'design: saltelli\nmethod: sobol\nsamples: 2\nparameters: {a: {min: 0.0, max: 1.0}}',
      ['conflicting-keys at "design"'],
    ],
    ['design: saltelli\nsamples: 2\nparameters: {a: {value: 1}}', ['too-many-runs at "saltelli"']],
    ['method: halton\nsamples: 5000000000\nparameters: {a: [1, 2]}', ['too-many-runs at "halton"']],
    ['seed: -1\nparameters: {a: [1]}', ['invalid-value at "-1"']],
    ['seed: 1.5\nparameters: {a: [1]}', ['invalid-value at "1.5"']],
    ['seed: now\nparameters: {a: [1]}', ['wrong-type at "now"']],
    ['replicates: 0\nparameters: {a: [1]}', ['invalid-value at "0"']],
    ['sweep: []', ['empty-plan at "[]"']],
    ['sweep: {a: 1}', ['wrong-type at "{a: 1}"']],
    ['sweep: [3]', ['wrong-type at "3"']],
    ['sweep: [{}]', ['missing-key at "{}"']],
    ['sweep: [{seed: 1, parameters: {a: [1]}}]', ['unknown-key at "seed"']],
    ['cross: [{parameters: {a: []}}]', ['empty-plan at "a"']],
    ['exclude: []\nparameters: {a: [1]}', []],
    ['exclude: [{}]\nparameters: {a: [1]}', ['invalid-value at "{}"']],
    ['exclude: [[1]]\nparameters: {a: [1]}', ['wrong-type at "[[1]]"']],
    ['exclude: {a: 1}\nparameters: {a: [1]}', ['wrong-type at "{a: 1}"']],
    ['derived: [a]\nparameters: {a: [1]}', ['wrong-type at "[a]"']],
    ['derived: {b: [1]}\nparameters: {a: [1]}', ['wrong-type at "[1]"']],
    ['derived: {"b c": a}\nparameters: {a: [1]}', ['invalid-parameter-name at "\\"b c\\""']],
    ['runs: {fiel: a.csv}', ['unknown-key at "fiel"']],
    ['runs: {file: [1]}', ['wrong-type at "[1]"']],
    ['runs: [{a: 1}, {a: 2}, {a: 1}]', ['repeated-value at "a"']],
  ])('a block: %s', (text, problems) => {
    expect(planProblems(text)).toEqual(problems);
  });

  test.each<[string, string[]]>([
    ['mas > 1', ['unknown-parameter at "mas"']],
    ["mass > 'x'", ['invalid-expression at "mass > \'x\'"']],
    ['solver == rk4', ['unknown-parameter at "rk4"']],
    ['mass +', ['invalid-expression at ""']],
    ['mass', ['invalid-expression at "mass"']],
    ['mass = 3', ['invalid-expression at "="']],
    ['mass > 3 and mass < 5', ['invalid-expression at "and"']],
    ['learning-rate > 1', ['unknown-parameter at "learning"', 'unknown-parameter at "rate"']],
    ["solver.matches('(a+)+$')", ['invalid-expression at "solver.matches(\'(a+)+$\')"']],
    ['"[mass].all(a, [mass].all(b, a == c))"', ['unknown-parameter at "c"']],
    ['"mass > \\"x\\""', ['invalid-expression at "\\"mass > \\\\\\"x\\\\\\"\\""']],
    [`"${'mass + '.repeat(400)} 1 > 1"`, [expect.stringMatching(/^invalid-expression at "mass/) as never]],
  ])('an expression: %s', (expression, problems) => {
    const parameters = 'parameters: {mass: [1, 2], solver: [rk4, euler], learning-rate: [1]}';
    expect(planProblems(`${parameters}\nexclude: ${expression}`)).toEqual(problems);
  });

  test('a file with points', () => {
    const problems = (path: string, content: string) => {
      const { problems: found } = readPlan(`runs: {file: ${path}}`, { files: { [path]: content } });
      return found.map(({ code, message }) => `${code}: ${message}`);
    };
    expect(problems('a.csv', '')).toEqual([expect.stringMatching(/^invalid-file: the file is empty/)]);
    expect(problems('a.csv', 'a,b\n')).toEqual([expect.stringMatching(/^empty-plan/)]);
    expect(problems('a.csv', 'a,a\n1,2\n')).toEqual(['invalid-file: two columns are called "a"']);
    expect(problems('a.csv', 'a,\n1,2\n')).toEqual([
      expect.stringMatching(/^invalid-file: a column has no name/),
    ]);
    expect(problems('a.csv', 'a b\n1\n')).toEqual([expect.stringMatching(/^invalid-file: "a b"/)]);
    expect(problems('a.csv', 'a\n1,2\n')).toEqual([
      expect.stringMatching(/^invalid-file: row 1 has 2 cells/),
    ]);
    expect(problems('a.csv', 'a\n"1\n')).toEqual([expect.stringMatching(/quote that does not end/)]);
    expect(problems('a.csv', '__proto__\n1\n')).toEqual([
      expect.stringMatching(/^invalid-file: "__proto__"/),
    ]);
    expect(problems('a.json', '{"a": 1}')).toEqual([
      expect.stringMatching(/^invalid-file: it holds no list/),
    ]);
    expect(problems('a.json', '[1]')).toEqual([expect.stringMatching(/^invalid-file: item 0 is no mapping/)]);
    expect(problems('a.json', '[{"a": 1e999}]')).toEqual([expect.stringMatching(/too large/)]);
    expect(problems('a.json', '[{"__proto__": 1}]')).toEqual([expect.stringMatching(/__proto__/)]);
    expect(problems('a.json', '[')).toEqual([expect.stringMatching(/^invalid-file: it is no JSON/)]);
    expect(problems('a.jsonl', '{"a": 1}\n\nx\n')).toEqual([expect.stringMatching(/^invalid-file: line 3/)]);
    expect(problems('a.txt', 'a\n1\n')).toEqual([expect.stringMatching(/^invalid-file: only \.csv/)]);
  });
});

test('messages say what happened and what to do next', () => {
  const text = `
method: random
parameters:
  mass: {min: 1100, max: 900}
  thrust: {distribution: nromal}
  gain: {values: [1, 2], probabilities: [0.5, 0.6]}
  tol: {values: [1], when: "solver == rk4"}
sweep:
  - parameters: {mass: [1], rate: {distribution: exponential}}
  - {method: latin_hypercube, samples: 5, parameters: {k: {from: k.csv#x}}}
derived: {mass: 2 * gain}
`;
  const files = { 'k.csv': 'y\n1\n' };
  expect(
    `\n${readPlan(text, { files })
      .problems.map(({ code, message }) => `[${code}] ${message}`)
      .join('\n')}\n`,
  ).toMatchInlineSnapshot(`
    "
    [missing-key] "method: random" needs "samples", how many points are drawn
    [invalid-value] "mass": "min" is at most "max", but 1100 is over 900
    [invalid-value] parameters.thrust.distribution: expected the name of a distribution, got "nromal"; did you mean "normal"?
    [invalid-value] "gain": probabilities sum to 1, not 1.1
    [unknown-parameter] "solver" names no parameter; there are mass, thrust, gain, tol, rate, …; a text stands in quotes: 'solver'
    [unknown-parameter] "rk4" names no parameter; there are mass, thrust, gain, tol, rate, …; a text stands in quotes: 'rk4'
    [name-conflict] "mass" stands in two blocks that are combined with each other, and a run can have it once; rename one of them
    [needs-values] "rate" has the distribution exponential, and "method: grid" needs a list of values; write "values" with a list, or write "method: random" with "samples" to draw from it
    [invalid-value] "k": there is no column "x"; there are y
    [name-conflict] "mass" is a parameter already; give what is derived another name
    "
  `);
});
