import { saltelli } from '../../src/core/plan/sampling/saltelli.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 20_000 };
const pi = Math.PI;

const content = `cmd: [ishigami]
design: saltelli
samples: 64
parameters:
  x1: {min: -${pi}, max: ${pi}}
  x2: {min: -${pi}, max: ${pi}}
  x3: {min: -${pi}, max: ${pi}}
`;

/** The Ishigami function at the points of a Saltelli design; one run failed. */
function ishigami() {
  const { at } = saltelli({ seed: 4, dimensions: 3, baseSamples: 64 });
  return Array.from({ length: 320 }, (_, run) => {
    const [x1 = 0, x2 = 0, x3 = 0] = [0, 1, 2].map((dimension) => (2 * at(run, dimension) - 1) * pi);
    const params = { x1, x2, x3 };
    if (run === 17) return { params, failure: { reason: 'exit-code', code: 3 } as const };
    const y = Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
    return { params, results: { y, steps: 100 + 7 * x2 } };
  });
}

test('a tab tells which parameters a result depends on, in four ways', async ({ window, workspace }) => {
  const sweepFile = { path: '/nowhere/ishigami.sweep.yaml', content };
  await recordedSweep(workspace.folder, 'ishigami', ishigami(), undefined, { sweepFile });
  await window.setTheme('light');
  await window.openView('Multirun');
  await window.treeAction(/ishigami/, 'Open Results');
  const view = await window.webview();
  await view.getByRole('tab', { name: 'Sensitivity' }).click();
  const row = (parameter: string) =>
    view.getByRole('row').filter({ has: view.getByRole('rowheader', { name: parameter, exact: true }) });
  const firstRow = view.locator('.analysis tbody tr').first();
  await expect.poll(() => firstRow.innerText(), soon).toMatch(/^x1\s+0\.383\s/);
  expect(await row('x1').innerText()).toContain('< 0.0001');
  await view.getByText('Left out, runs without success: 1.').waitFor();
  await window.screenshots('sensitivity-correlation');

  await view.getByText('Sobol Indices').click();
  // S is 0.31, 0.44 and 0, ST 0.56, 0.44 and 0.24; from 63 whole base points they are near that.
  await view.getByText('63 base points').waitFor();
  await view.getByText('Left out, base points of which some run has no result: 1 of 64.').waitFor();
  const totals = await Promise.all(
    ['x1', 'x2', 'x3'].map(async (parameter) =>
      Number(await row(parameter).locator('td.number').nth(2).innerText()),
    ),
  );
  for (const [place, exact] of [0.5576, 0.4424, 0.2437].entries())
    expect(Math.abs((totals[place] ?? 0) - exact)).toBeLessThan(0.2);
  await window.screenshots('sensitivity-sobol');

  await view.getByText('Importance').click();
  await view.getByText(/R² 0\.\d+ for runs that the forest had not seen/).waitFor();
  await expect.poll(() => row('x3').innerText(), soon).toMatch(/x3\s+0\.\d/);
  await window.screenshots('sensitivity-importance', ['light', 'dark']);

  await view.getByText('Regression').click();
  await view.getByText('A linear model explains little of this result.').waitFor();
  await view.getByRole('combobox', { name: 'Result', exact: true }).selectOption('steps');
  await view.getByText('R² 1.000, adjusted 1.000').waitFor();
  await expect.poll(() => firstRow.innerText(), soon).toMatch(/^x2\s+1\.000/);
});

test('what cannot be told is said in words: words, few runs, no numbers', async ({ window, workspace }) => {
  const runs = Array.from({ length: 18 }, (_, run) => ({
    params: {
      engine: ['merlin', 'raptor', 'vulcain'][run % 3] ?? '',
      mass: 900 + 25 * (run % 6),
      fins: run < 9,
    },
    results: { miss: (run % 3) * 4 + (run % 6) + (run % 5) / 5, note: 'ok' },
  }));
  await recordedSweep(workspace.folder, 'lander', runs);
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  const view = await window.webview();
  await view.getByRole('tab', { name: 'Sensitivity' }).click();
  await view.getByText('Words have no order and so no correlation').waitFor();
  await view.getByRole('columnheader', { name: 'η²' }).waitFor();
  await window.screenshot('sensitivity-words-dark');
  await view.getByText('Regression').click();
  await view.getByRole('rowheader', { name: 'engine = vulcain against merlin' }).waitFor();
  await window.screenshots('sensitivity-regression', ['dark', 'light']);
  await view.getByText('Importance').click();
  await view.getByText('Too few runs with a result: 18. This needs at least 30.').waitFor();
  await view.getByText('Sobol Indices').click();
  await view.getByText('The sweep was not planned for Sobol indices.').waitFor();
  await window.screenshot('sensitivity-not-planned-light');
  expect(await view.locator('.sensitivity').innerText()).not.toMatch(/NaN|undefined/);
});
