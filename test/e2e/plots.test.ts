import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { describe, expect, test } from '../rig/test.ts';
import { allThemes, type Window } from '../rig/window.ts';

const summary = (view: FrameLocator) => view.locator('.summary');

/** Drags over the canvas, between points that are shares of its width and height. */
async function drag(
  window: Window,
  view: FrameLocator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = await boxOf(view);
  const { mouse } = window.page;
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await mouse.move(...at(from));
  await mouse.down();
  await mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 4 });
  await mouse.move(...at(to), { steps: 4 });
  await mouse.up();
}

async function boxOf(view: FrameLocator) {
  const box = await view.locator('.canvas canvas').first().boundingBox();
  if (box === null) throw new Error('There is no canvas.');
  return box;
}

const picker = (view: FrameLocator) => view.getByRole('combobox', { name: 'Plot', exact: true });

const choose = (view: FrameLocator, kind: string) => picker(view).selectOption(kind);

const landing = `cmd: [sh, landing.sh, "\${mass}", "\${thrust}"]
parameters:
  mass: [900, 950, 1000, 1050, 1100, 1150]
  thrust: [1.3, 1.4, 1.5, 1.6, 1.7]
input_files: [landing.sh]
metric: {name: miss, goal: minimize}
`;
const program = `[ "$1" -lt 1150 ] || [ "$2" != 1.3 ] || exit 3
awk -v m="$1" -v t="$2" 'BEGIN {
  miss = 2 + (m - 1000) * (m - 1000) / 4000 + 60 * (t - 1.55) * (t - 1.55) + (m - 1000) * (1.55 - t) / 40
  printf "{\\"miss\\": %.3f, \\"fuel\\": %.2f}", miss, 160 - 40 * (t - 1.3) - miss
}' > "$MULTIRUN_RESULTS"
`;

describe('a sweep that was run', () => {
  test.override('files', { 'landing.sweep.yaml': landing, 'landing.sh': program });

  test('shows itself in plots without a choice, and shares what is selected with the table and the tree', async ({
    window,
    workspace,
  }) => {
    await window.setTheme('dark');
    await window.set('multirun.notifications', 'never');
    await window.explorer.rightClick('landing.sweep.yaml');
    await window.menu('Run Sweep');
    await window.openView('Multirun');
    await window.treeItem(/landing\s*30 runs · 1 failed/);
    await window.treeAction(/landing/, 'Open Results');
    await window.editor('landing results');
    const view = await window.webview();
    await view.getByRole('tab', { name: 'Table' }).press('ArrowRight');
    // A grid of two parameters with a metric is a heatmap; the run that failed is a cell without a result.
    await view.getByText('Cells without a result: 1.').waitFor();
    expect(await picker(view).inputValue()).toBe('heatmap');
    await window.screenshot('plots-first-dark');

    // A click on a cell opens its run.
    const box = await boxOf(view);
    await window.page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.45);
    await window.editor(/^landing \d+$/);
    await window.screenshot('plots-run-opened-dark');
    await window.commandPalette('View: Close Editor');
    await view.getByText('30 runs · 1 selected').waitFor();
    // The row of the run is selected in the tree, too.
    const row = window.page.locator('.sidebar .monaco-list-row.selected').filter({ hasText: 'mass=' });
    await row.waitFor();

    // What is marked in a plot is selected in the table.
    await choose(view, 'scatter');
    await view.getByRole('combobox', { name: 'Y', exact: true }).selectOption({ label: 'miss' });
    await drag(window, view, [0.08, 0.4], [0.5, 0.9]);
    const countSelected = async () => Number(/(\d+) selected/.exec(await summary(view).innerText())?.[1]);
    await expect.poll(countSelected).toBeGreaterThan(1);
    const selected = await countSelected();
    // VS Code selects one row of a tree at most: so each has a mark.
    const marks = window.page.locator('.sidebar .monaco-list-row [class*="decoration-itemBadge"]');
    await expect.poll(() => marks.count()).toBe(selected);
    await window.screenshot('plots-marked-dark');
    await view.getByRole('tab', { name: 'Table' }).click();
    await expect.poll(() => view.locator('[role="row"][aria-selected="true"]').count()).toBe(selected);
    await window.screenshot('plots-marked-table-dark');

    // The keyboard goes from run to run, and takes one out.
    await view.getByRole('tab', { name: 'Plots' }).click();
    await view.locator('.chart').focus();
    await window.page.keyboard.press('End');
    await expect.poll(() => view.locator('.voice').innerText()).toMatch(/Run \d+/);
    await window.page.keyboard.press('Escape');
    await view.getByText('30 runs', { exact: true }).waitFor();
    await window.page.keyboard.press(' ');
    await view.getByText('30 runs · 1 selected').waitFor();

    for (const [text, ending] of [
      ['PNG picture', 'png'],
      ['SVG drawing', 'svg'],
    ] as const) {
      await view.getByText('Save Plot…').click();
      await view.getByRole('button', { name: text }).click();
      const input = window.page.locator('.quick-input-widget input[type=text]');
      await expect.poll(() => input.inputValue()).toContain(`landing Scatter.${ending}`);
      await input.fill(path.join(workspace.folder, `plot.${ending}`));
      await window.page.keyboard.press('Enter');
      await window.notification(`Saved the plot to plot.${ending}.`);
    }
    const png = await readFile(path.join(workspace.folder, 'plot.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(await readFile(path.join(workspace.folder, 'plot.svg'), 'utf8')).toMatch(
      /^<svg .*thrust|miss.*<\/svg>$/s,
    );

    // A run that is selected in the tree is selected here; the choice of plot is there after a reload.
    await window.commandPalette('Developer: Reload Window');
    await window.page.waitForEvent('load');
    await window.editor('landing results');
    const again = await window.webview();
    await again.getByText('30 runs', { exact: true }).waitFor();
    expect(await picker(again).inputValue()).toBe('scatter');
    await window.openView('Multirun');
    const sweep = await window.treeItem(/landing\s*30 runs/);
    if ((await sweep.getAttribute('aria-expanded')) !== 'true') await window.toggle(/landing\s*30 runs/);
    // With Ctrl, a click selects and does not open.
    await (await window.treeItem(/mass=900\D+1\.5/)).click({ modifiers: ['Control'] });
    await again.getByText('30 runs · 1 selected').waitFor();
    await (await window.treeItem(/mass=900\D+1\.6/)).click({ modifiers: ['Control'] });
    await (await window.treeItem(/mass=900\D+1\.7/)).click({ modifiers: ['Control'] });
    await again.getByText('30 runs · 3 selected').waitFor();
    await window.screenshot('plots-selected-in-tree-dark');
  });
});

/** Above and below the axes of parallel coordinates, in pixels. */
const axisRoom = { top: 48, bottom: 24 };

const kinds = [
  'parallel',
  'scatter',
  'lines',
  'heatmap',
  'contour',
  'histogram',
  'ecdf',
  'box',
  'matrix',
  'pareto',
  'convergence',
  'outcome',
];

/** Between them these have all that other kinds are drawn of, which is enough for high contrast. */
const kindsByPart = ['parallel', 'lines', 'heatmap', 'contour', 'box', 'outcome'];

const training = `cmd: [train, "\${rate}", "\${dropout}", "\${layers}", "\${optimizer}"]
method: halton
samples: 240
parameters:
  rate: {distribution: log_uniform_values, min: 0.0001, max: 0.1}
  dropout: {min: 0.0, max: 0.6}
  layers: [1, 2, 3, 4, 5]
  optimizer: [adam, rmsprop, sgd]
  batch: [64]
`;

/** 240 trainings of a network, with points that cover the space evenly (Halton's). */
const trainings = Array.from({ length: 240 }, (_, run) => {
  const [a, b, c, d, e] = [2, 3, 5, 7, 11].map((base) => halton(run + 1, base)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const rate = Number((10 ** (-4 + 3 * a)).toPrecision(3));
  const dropout = Number((0.6 * b).toFixed(3));
  const layers = 1 + Math.floor(5 * c);
  const optimizer = ['adam', 'rmsprop', 'sgd'][Math.floor(3 * d)] ?? '';
  const params = { rate, dropout, layers, optimizer, batch: 64 };
  const durationMs = 4000 + 2500 * layers + 1500 * e;
  if (rate > 0.04 && layers > 3)
    return { params, durationMs: 900 + 800 * e, failure: { reason: 'exit-code', code: 1 } as const };
  const penalty = optimizer === 'sgd' ? 0.03 : 0;
  const accuracy =
    0.95 -
    0.03 * (Math.log10(rate) + 2.5) ** 2 -
    0.25 * (dropout - 0.2) ** 2 -
    penalty +
    0.012 * layers -
    0.002 * layers ** 2 +
    0.012 * e;
  return {
    params,
    durationMs,
    results: { accuracy, size_mb: 4 * layers + 2 * e, loss: 1.1 - accuracy + 0.04 * d * e },
  };
});

function halton(index: number, base: number): number {
  let [result, share, rest] = [0, 1 / base, index];
  for (; rest > 0; rest = Math.floor(rest / base), share /= base) result += (rest % base) * share;
  return result;
}

test('every kind of plot draws itself, in every theme', async ({ window, workspace }) => {
  const sweepFile = { path: path.join(workspace.folder, 'training.sweep.yaml'), content: training };
  const metric = { name: 'accuracy', goal: 'maximize' } as const;
  await recordedSweep(workspace.folder, 'training', trainings, undefined, { metric, sweepFile });
  await window.setTheme('dark');
  await window.openView('Multirun');
  await window.treeAction(/training/, 'Open Results');
  await window.editor('training results');
  const view = await window.webview();
  await view.getByText('240 runs', { exact: true }).waitFor();
  await view.getByRole('tab', { name: 'Plots' }).click();
  await picker(view).waitFor();
  await window.page.keyboard.press('Control+B');
  await window.page.locator('.sidebar').waitFor({ state: 'hidden' });
  for (const theme of allThemes) {
    await window.setTheme(theme);
    for (const kind of theme.startsWith('high') ? kindsByPart : kinds) {
      await choose(view, kind);
      const name = await view.locator('[data-control="kind"] option:checked').innerText();
      await view.getByRole('application', { name: new RegExp(`^${name} of .*240 runs`) }).waitFor();
      await window.screenshot(`plots-${kind}-${theme.replaceAll(' ', '-')}`);
    }
  }

  // Marking on two axes selects what is in both.
  await choose(view, 'parallel');
  const { width } = await boxOf(view);
  const [firstAxis, lastAxis] = [60 / width, (width - 150) / width];
  await drag(window, view, [lastAxis, 0.12], [lastAxis, 0.4]);
  await expect.poll(() => summary(view).innerText()).toMatch(/240 runs · \d+ selected/);
  const first = await summary(view).innerText();
  await drag(window, view, [firstAxis, 0.3], [firstAxis, 0.6]);
  await expect.poll(() => summary(view).innerText()).not.toBe(first);
  await window.screenshots('plots-parallel-marked');

  // The new sweep has what was marked on the axis of a parameter, which is logarithmic and ends at 0.0001 and 0.1.
  const { height } = await boxOf(view);
  const rateAt = (share: number) =>
    10 ** (-1 - (3 * (share * height - axisRoom.top)) / (height - axisRoom.top - axisRoom.bottom));
  await view.getByRole('button', { name: 'New Sweep from Selection' }).click();
  await window.editor('training-2.sweep.yaml');
  const interval = async () =>
    /rate: .*min: (\S+), max: ([^\s}]+)/
      .exec(await window.editorText())
      ?.slice(1)
      .map(Number) ?? [];
  await expect.poll(interval).toHaveLength(2);
  const [least = 0, most = 0] = await interval();
  expect(least / rateAt(0.6)).toBeCloseTo(1, 1);
  expect(most / rateAt(0.3)).toBeCloseTo(1, 1);
  await window.screenshot('plots-refined-light');
  await (await window.editor('training results')).click();

  // The keyboard is seen where it is, on the plot and on one of its runs.
  await choose(view, 'scatter');
  await drag(window, view, [0.3, 0.1], [0.7, 0.5]);
  await window.screenshots('plots-scatter-marked');
  for (const theme of ['high contrast light', 'high contrast'] as const) {
    await window.setTheme(theme);
    await view.locator('.chart').press('End');
    await view.locator('.plot-tip .tip').waitFor();
    await window.screenshot(`plots-tip-${theme.replaceAll(' ', '-')}`);
  }
});
