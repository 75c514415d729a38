import { describe, expect, test } from 'vitest';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import type { ParamMap } from '../../../../src/core/run.ts';
import {
  createPreviewController,
  type LastSweep,
  type PreviewContent,
} from '../../../../src/extension/preview/controller.ts';
import type { ToPreview } from '../../../../src/extension/preview/protocol.ts';

function preview() {
  const told: ToPreview[] = [];
  const controller = createPreviewController(
    (message) => told.push(message),
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  const last = <Type extends ToPreview['type']>(type: Type) =>
    told.findLast((message): message is Extract<ToPreview, { type: Type }> => message.type === type);
  return { told, controller, last };
}

async function content(text: string, last?: LastSweep): Promise<PreviewContent> {
  return {
    source: 'file:///rates.sweep.yaml',
    loaded: await loadSweepFile('/rates.sweep.yaml', text),
    last,
    earlier: [],
    allowedParallel: (wanted) => wanted,
    isTrusted: true,
    locale: 'en',
  };
}

function sweepOf(...runs: ParamMap[]): LastSweep {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return {
    directory: '/sweep',
    when: '9:41',
    runs: { size: runs.length, names, at: (run) => runs[run] as ParamMap },
  };
}

const grid = 'cmd: [echo, "${rate}"]\nparameters:\n  rate: [0.1, 0.2]\n  solver: [rk4, euler]\n';

describe('a preview', () => {
  test('shows what a plan runs, with the first rows', async () => {
    const { controller, last } = preview();
    await controller.show(await content(grid));
    const { plan, page } = last('plan') ?? {};
    expect(plan).toMatchObject({
      headline: '4 runs',
      details: '4 at a time',
      run: 'Run',
      columns: [
        { name: 'rate', isNumber: true },
        { name: 'solver', isNumber: false },
      ],
      filters: [],
      comparison: '',
      isOutdated: false,
    });
    expect(page?.rows[1]).toEqual({ label: '1', mark: 'plain', cells: ['0.1', 'euler'], reason: '' });
  });

  test('tells what is new, kept and gone since the last sweep', async () => {
    const { controller, last } = preview();
    const before = sweepOf(
      { rate: 0.1, solver: 'rk4' },
      { rate: 0.2, solver: 'rk4' },
      { rate: 0.3, solver: 'rk4', extra: 1 },
    );
    await controller.show(await content(grid, before));
    const { plan, page } = last('plan') ?? {};
    expect(plan?.filters.map(({ filter, count }) => `${filter} ${count}`)).toEqual([
      'all 4',
      'added +2',
      'gone −1',
      'kept 2',
    ]);
    expect(plan?.comparison).toBe('Compared with the sweep of 9:41');
    expect(page?.rows.map(({ mark }) => mark)).toEqual(['kept', 'added', 'kept', 'added']);

    controller.receive({ type: 'look', filter: 'gone', first: 0, count: 10 });
    expect(plan?.goneColumns.map(({ name }) => name)).toEqual(['rate', 'solver', 'extra']);
    expect(last('page')?.page.rows).toEqual([
      { label: '2', mark: 'gone', cells: ['0.3', 'rk4', '1'], reason: '' },
    ]);
  });

  test('keeps the last plan while the file has errors, and tells them', async () => {
    const { controller, last } = preview();
    await controller.show(await content(grid));
    await controller.show(await content(grid.replace('rate:', 'ratte:')));
    expect(last('plan')?.plan).toMatchObject({
      headline: '4 runs',
      run: '',
      isOutdated: true,
      problems: [{ severity: 'error', message: expect.stringContaining('names no parameter') }],
    });
    await controller.show(await content(grid.replace('0.2]', '0.2, 0.3]')));
    expect(last('plan')?.plan).toMatchObject({ headline: '6 runs', isOutdated: false, problems: [] });
  });

  test('gives the rows that are looked at, wherever in the plan they are', async () => {
    const { controller, last } = preview();
    const many = 'cmd: [echo]\nparameters:\n  a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n';
    const names = 'bcdefghijkl';
    const huge = many + [...names].map((name) => `  ${name}: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n`).join('');
    await controller.show(await content(huge));
    controller.receive({ type: 'look', filter: 'all', first: 10 ** 12 - 3, count: 3 });
    const rows = last('page')?.page.rows ?? [];
    expect(rows.map(({ label }) => label)).toEqual(['999999999997', '999999999998', '999999999999']);
    expect(rows.at(-1)?.cells).toEqual(Array.from({ length: 12 }, () => '10'));
  });

  test('looks at the same rows again when the plan changes', async () => {
    const { controller, last } = preview();
    const numbered = (size: number) =>
      `cmd: [echo]\nparameters:\n  a: [${Array.from({ length: size }, (_, run) => run)}]\n`;
    await controller.show(await content(numbered(500)));
    controller.receive({ type: 'look', filter: 'all', first: 200, count: 5 });
    await controller.show(await content(numbered(600)));
    expect(last('plan')?.page).toMatchObject({ first: 200, rows: { length: 5 } });
    await controller.show(await content(numbered(10)));
    expect(last('plan')?.page).toMatchObject({ first: 5, rows: { length: 5 } });
  });

  test('shows the command of a run that is chosen', async () => {
    const { controller, last } = preview();
    await controller.show(await content('cmd: [echo, "rate ${rate}"]\nparameters:\n  rate: [0.1, 0.2]\n'));
    controller.receive({ type: 'choose', version: 1, filter: 'all', row: 1 });
    expect(last('command')).toMatchObject({ row: 1, text: "echo 'rate 0.2'" });
  });

  test('ends a comparison when something newer is to be shown', async () => {
    const { controller, told, last } = preview();
    const runs = Array.from({ length: 50_000 }, (_, a) => ({ a }));
    const text = `cmd: [echo]\nparameters:\n  a: [${Array.from({ length: 50_000 }, (_, a) => a)}]\n`;
    const first = controller.show(await content(text, sweepOf(...runs)));
    const second = controller.show(await content(text.replace('[0,', '[-1,'), sweepOf(...runs)));
    await Promise.all([first, second]);
    expect(last('plan')?.plan.filters.map(({ count }) => count)).toEqual(['50,000', '+1', '−1', '49,999']);
    const compared = told.filter(
      (message) => message.type === 'plan' && message.plan.filters[1]?.count !== '…',
    );
    expect(compared).toHaveLength(1);
  });

  test('lists what is left out, and why', async () => {
    const { controller, last } = preview();
    await controller.show(
      await content(`${grid}exclude: ['rate > 0.1 && solver == "rk4"', {rate: 0.1, solver: euler}]\n`),
    );
    expect(last('plan')?.plan).toMatchObject({
      headline: '2 runs',
      filters: [{ count: '2' }, { count: '2' }],
    });
    controller.receive({ type: 'look', filter: 'excluded', first: 0, count: 10 });
    expect(last('page')?.page.rows).toEqual([
      { label: '', mark: 'excluded', cells: ['0.1', 'euler'], reason: 'rate=0.1, solver=euler' },
      {
        label: '',
        mark: 'excluded',
        cells: ['0.2', 'rk4'],
        reason: 'rate > 0.1 && solver == "rk4"',
      },
    ]);
  });

  test('does not compare what chance makes new each time', async () => {
    const { controller, last } = preview();
    const random = 'cmd: [echo]\nmethod: random\nsamples: 3\nparameters:\n  a: {min: 0.0, max: 1.5}\n';
    await controller.show(await content(random, sweepOf({ a: 1 })));
    expect(last('plan')?.plan).toMatchObject({
      filters: [],
      comparison: 'Random values are drawn anew for each sweep; write “seed” to keep them.',
    });
    await controller.show(await content(`${random}seed: 1\n`, sweepOf({ a: 1 })));
    expect(last('plan')?.plan.filters).toHaveLength(4);
  });

  test('shows nested parameters under their dotted names', async () => {
    const { controller, last } = preview();
    await controller.show(
      await content('cmd: [echo]\nparameters:\n  opt:\n    parameters:\n      lr: [0.1, 0.01]\n'),
    );
    expect(last('plan')?.plan.columns).toEqual([{ name: 'opt.lr', isNumber: true }]);
    expect(last('plan')?.page?.rows.map(({ cells }) => cells)).toEqual([['0.1'], ['0.01']]);
  });
});
