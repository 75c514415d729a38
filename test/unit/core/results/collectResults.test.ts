import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collectResults } from '../../../../src/core/results/collectResults.ts';
import type { ResultSources } from '../../../../src/core/results/resultSources.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** What is collected in a run directory with these files: what results.json holds then, and what is told. */
async function collect(
  files: Readonly<Record<string, string | Buffer>>,
  sources: Partial<ResultSources>,
  { code = 0, metric = null as string | null } = {},
) {
  await using directory = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(directory.at(name), content);
  return await collectIn(directory.path, sources, { code, metric });
}

async function collectIn(
  directory: string,
  sources: Partial<ResultSources>,
  { code = 0, metric = null as string | null } = {},
) {
  const results = { files: [], stdout: {}, stderr: {}, exitCode: null, ...sources };
  const wanted = { results, metric: metric === null ? null : ({ name: metric, goal: 'minimize' } as const) };
  const told = await collectResults(directory, wanted, code);
  let text: string | undefined;
  try {
    text = readFileSync(`${directory}/results.json`, 'utf8');
  } catch {
    text = undefined;
  }
  return { text, ...told, results: parsed(text) };
}

function parsed(text: string | undefined) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return 'no JSON';
  }
}

describe('results from a file', () => {
  test.each<[string, string, unknown]>([
    [
      'out.json',
      '{"cost": 1.5, "ok": true, "nested": {"a": [1]}}',
      { cost: 1.5, ok: true, nested: { a: [1] } },
    ],
    ['out.json', '\uFEFF{"cost": 1}', { cost: 1 }],
    [
      'out.json',
      '{"loss": NaN, "best": -Infinity, "text": "x: NaN"}',
      { loss: 'NaN', best: '-Infinity', text: 'x: NaN' },
    ],
    ['out.json', '{"huge": 1e999}', { huge: 'Infinity' }],
    ['out.json', '3.5', { result: 3.5 }],
    ['out.json', '[1, 2]', { result: [1, 2] }],
    ['out.jsonl', '{"step": 1}\n{"step": 2}\n\n', { step: 2 }],
    ['out.yaml', 'cost: 1.5\nbad: .nan\nlist: [1, .inf]\n', { cost: 1.5, bad: 'NaN', list: [1, 'Infinity'] }],
    ['out.yml', 'cost: 2\n', { cost: 2 }],
    ['out.csv', 'step,loss,done\n1,0.5,false\n2,0.25,true\n', { step: 2, loss: 0.25, done: true }],
    ['out.csv', 'step;loss\r\n1;0.5\r\n2;nan\r\n', { step: 2, loss: 'NaN' }],
    ['out.csv', '"a ""b""","c,\nd"\n"x\ny",1.5D-3\n\n', { 'a "b"': 'x\ny', 'c,\nd': 0.0015 }],
    ['out.csv', '1,2\n3,4\n', { column_1: 3, column_2: 4 }],
    ['out.csv', 'a,\n3,4\n', { a: 3, column_2: 4 }],
    ['out.tsv', 'a\tb\n1,5\t2\n', { a: '1,5', b: 2 }],
  ])('%s with %j is %j', async (name, content, expected) => {
    expect(await collect({ [name]: content }, { files: [name] })).toMatchObject({ results: expected });
  });

  test.each<[string, string | undefined, string]>([
    ['out.json', undefined, 'out.json was not written'],
    ['out.json', '', 'out.json is empty'],
    ['out.json', '{"a": ', 'out.json is no JSON: Unexpected end of JSON input'],
    ['out.csv', 'a,b\n', 'out.csv has a line of names, but no row behind it'],
    ['out.csv', '', 'out.csv is empty'],
    [
      'out.yaml',
      'a: [1',
      'out.yaml cannot be understood: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6:',
    ],
  ])('%s with %j is told: %s', async (name, content, problem) => {
    const files: Record<string, string> = content === undefined ? {} : { [name]: content };
    expect(await collect(files, { files: [name] })).toEqual({
      text: undefined,
      results: undefined,
      problems: [problem],
    });
  });

  test('may have any size: the ends of a table are read, and of other files a part or nothing', async () => {
    await using directory = await temporaryDirectory();
    const row = '0.12345,0.6789\n';
    writeFileSync(directory.at('long.csv'), `loss,cost\n${row.repeat(400_000)}7,8\n`);
    writeFileSync(directory.at('huge.json'), '');
    truncateSync(directory.at('huge.json'), 20 * 2 ** 30);
    const { results, problems } = await collectIn(directory.path, { files: ['long.csv', 'huge.json'] });
    expect(results).toEqual({ loss: 7, cost: 8 });
    expect(problems).toEqual(['huge.json has 20480 MB, and at most 16 are read']);
  });

  test('that is no plain file is told and not waited for', async () => {
    await using directory = await temporaryDirectory();
    execFileSync('mkfifo', [directory.at('pipe.json')]);
    mkdirSync(directory.at('folder.json'));
    symlinkSync('loop.json', directory.at('loop.json'));
    const { problems } = await collectIn(directory.path, {
      files: ['pipe.json', 'folder.json', 'loop.json'],
    });
    expect(problems).toEqual([
      'pipe.json is no plain file',
      'folder.json is no plain file',
      'loop.json cannot be read: ELOOP',
    ]);
  });

  test('that is an alias bomb or nested without end is told', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, index) => {
        const before = 'abcdefghi'.charAt(index);
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    const files = { 'bomb.yaml': bomb, 'deep.json': '['.repeat(5_000_000) };
    const { results, problems } = await collect(files, { files: ['bomb.yaml', 'deep.json'] });
    expect(results).toBeUndefined();
    expect(problems).toHaveLength(2);
    expect(problems?.[0]).toMatch(/^bomb\.yaml cannot be understood: Excessive alias count/);
  });
});

describe('results from what was printed', () => {
  const cost = { cost: 'final cost: ([0-9.eE+-]+)' };

  test('are the last match of each pattern, as numbers where they are numbers', async () => {
    const stdout = 'final cost: 3\nname: abc def\nfinal cost: 2.5e-3 (final cost: 1e1)\nstate: converged\r\n';
    const { results, problems } = await collect(
      { 'stdout.log': stdout, 'stderr.log': 'took 12 s\n' },
      {
        stdout: {
          ...cost,
          state: 'state: (\\w+)',
          name: 'name: (.*)',
          whole: 'conv\\w+',
          first: '^final cost: (\\S+)',
        },
        stderr: { took: 'took (\\d+) s$' },
      },
    );
    expect(results).toEqual({
      cost: 10,
      state: 'converged',
      name: 'abc def',
      whole: 'converged',
      first: 0.0025,
      took: 12,
    });
    expect(problems).toBeUndefined();
  });

  test('are those of the last state of a line that was written over', async () => {
    const { results } = await collect(
      { 'stdout.log': 'loss 3\rloss 2\rloss 1' },
      { stdout: { loss: '^loss (\\d)' } },
    );
    expect(results).toEqual({ loss: 1 });
  });

  test('that are not there are told, and the others are kept', async () => {
    const { results, problems } = await collect(
      { 'stdout.log': 'a 1\n' },
      { stdout: { a: 'a (\\d)', b: 'b (\\d)' } },
    );
    expect(results).toEqual({ a: 1 });
    expect(problems).toEqual(['stdout.log has no match for "b (\\\\d)", the result "b"']);
  });

  test.each([
    ['(a+)+$', `${'a'.repeat(60_000)}b`],
    ['(a|aa)+$', `${'a'.repeat(60_000)}b`],
    ['(.*)*x', 'a'.repeat(60_000)],
    ['(?:(?:[a-z]+)+,?)+!', 'abc,'.repeat(15_000)],
  ])('come to an end with the pattern %s, with which others would not', async (pattern, line) => {
    const { problems } = await collect(
      { 'stdout.log': `${line}\n`.repeat(10) },
      { stdout: { a: pattern.replace('(.*)*', '(?:.*)*') } },
    );
    expect(problems).toHaveLength(1);
  });

  test('are found anywhere in the last 16 MB of a log, also across the pieces that it is read in', async () => {
    await using directory = await temporaryDirectory();
    const filler = `${'x'.repeat(79)}\n`;
    const found: number[] = [];
    // What is looked for stands at every place within a line around the end of a piece.
    for (let shift = 0; shift < 200; shift += 7) {
      const tail = filler.repeat(3276) + 'y'.repeat(shift);
      writeFileSync(directory.at('stdout.log'), `${filler}é final cost: ${shift}.5\n${tail}`);
      const { results } = await collectIn(directory.path, { stdout: cost });
      rmSync(directory.at('results.json'));
      found.push(results.cost - 0.5);
    }
    expect(found).toEqual(Array.from({ length: 29 }, (_, index) => index * 7));
  });

  test('are not looked for in the beginning of a huge log', async () => {
    await using directory = await temporaryDirectory();
    const filler = Buffer.alloc(17 << 20, `${'x'.repeat(79)}\n`);
    writeFileSync(directory.at('stdout.log'), Buffer.concat([Buffer.from('final cost: 1\n'), filler]));
    const { problems } = await collectIn(directory.path, { stdout: cost });
    expect(problems).toEqual([
      'stdout.log has no match for "final cost: ([0-9.eE+-]+)", the result "cost" in its last 16 MB',
    ]);
    writeFileSync(
      directory.at('stdout.log'),
      Buffer.concat([filler, Buffer.from('\nfinal cost: 2\n'), filler.subarray(0, 1 << 20)]),
    );
    expect((await collectIn(directory.path, { stdout: cost })).results).toEqual({ cost: 2 });
  });

  test('may stand in a line of many megabytes, of which a part is looked at', async () => {
    const { problems } = await collect(
      { 'stdout.log': `${'x'.repeat(8 << 20)} final cost: 1` },
      { stdout: cost },
    );
    expect(problems).toHaveLength(1);
  });
});

describe('the exit code', () => {
  test('is a result where it is wanted', async () => {
    expect((await collect({}, { exitCode: true }, { code: 20 })).results).toEqual({ exit_code: 20 });
    expect((await collect({}, {}, { code: 20 })).results).toBeUndefined();
  });
});

describe('what the program handed over itself', () => {
  const posted = '{\n  "cost": 1,\n  "id": 12345678901234567890\n}\n';

  test('stays as it is, byte for byte, and what was found is added', async () => {
    const { text } = await collect(
      { 'results.json': posted, 'out.json': '{"cost": 99, "extra": [1, "}"]}' },
      { files: ['out.json'], exitCode: true },
    );
    expect(text).toBe('{\n  "cost": 1,\n  "id": 12345678901234567890, "extra": [1,"}"], "exit_code": 0}\n');
  });

  test('may hold NaN, as Python writes it, and what was found is added all the same', async () => {
    const { text, problems } = await collect({ 'results.json': '{"loss": NaN}' }, { exitCode: true });
    expect(text).toBe('{"loss": NaN, "exit_code": 0}\n');
    expect(problems).toBeUndefined();
  });

  test('is not touched where nothing is added', async () => {
    const { text, problems } = await collect(
      { 'results.json': posted, 'out.json': '{"cost": 99}' },
      { files: ['out.json'] },
    );
    expect(text).toBe(posted);
    expect(problems).toBeUndefined();
  });

  test('is added to where it is empty', async () => {
    expect((await collect({ 'results.json': '{ }' }, { exitCode: true })).text).toBe('{"exit_code": 0}\n');
  });

  test('stays alone where it has no names, and that is told', async () => {
    const { text, problems } = await collect({ 'results.json': '[1]\n' }, { exitCode: true });
    expect(text).toBe('[1]\n');
    expect(problems).toEqual(['exit_code left out, since the program handed over one value without a name']);
  });

  test('stays where it cannot be read, and that is told', async () => {
    const { text, problems } = await collect(
      { 'out.json': '{"a": 1}', 'results.json': '{"a": ' },
      { files: ['out.json'] },
    );
    expect(text).toBe('{"a": ');
    expect(problems).toEqual([
      'results.json, which the program wrote, is no JSON: Unexpected end of JSON input',
    ]);
  });
});

describe('the metric', () => {
  test.each<[string, string, number | undefined]>([
    ['{"loss": 0.5}', 'loss', 0.5],
    ['{"val": {"loss": 0.5}}', 'val.loss', 0.5],
    ['{"val.loss": 1, "val": {"loss": 0.5}}', 'val.loss', 1],
    ['{"loss": "NaN"}', 'loss', undefined],
    ['{"loss": [1]}', 'loss', undefined],
    ['[1]', 'loss', undefined],
    ['{}', 'constructor', undefined],
  ])('of %s by the name %s is %s', async (results, name, expected) => {
    const { metric, problems } = await collect({ 'results.json': results }, {}, { metric: name });
    expect(metric).toBe(expected);
    expect(problems).toEqual(
      expected === undefined ? [`there is no number "${name}", the metric`] : undefined,
    );
  });
});
