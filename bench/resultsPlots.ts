import type { Frame, FrameLocator } from 'playwright-core';
import { kinds, type PlotKind } from '../src/webview/results/plots/choices.ts';
import type { Window } from '../test/rig/window.ts';
import type { Figure } from './figure.ts';
import { longestOf } from './longTasks.ts';

/** From the left edge of the canvas to the first axis of parallel coordinates, in pixels. */
const firstAxis = 60;

type Region = (size: {
  readonly width: number;
  readonly height: number;
}) => readonly [from: readonly [number, number], to: readonly [number, number]];

/** What is marked in the plots: from where to where the mouse is dragged, in pixels of the canvas. */
const regions: { readonly other: Region } & Partial<Record<PlotKind, Region>> = {
  other: ({ width, height }) => [
    [0.3 * width, 0.25 * height],
    [0.5 * width, 0.5 * height],
  ],
  parallel: ({ height }) => [
    [firstAxis, 0.25 * height],
    [firstAxis, 0.5 * height],
  ],
  // One of the plots below the diagonal.
  matrix: ({ width, height }) => [
    [0.12 * width, 0.74 * height],
    [0.22 * width, 0.86 * height],
  ],
};

/** Opens each kind of plot and marks a region in it, as a person does; photographs both. */
export async function measurePlots(window: Window, view: FrameLocator, frame: Frame): Promise<Figure[]> {
  const { page } = window;
  const picker = view.getByRole('combobox', { name: 'Plot', exact: true });
  const chart = view.locator('.chart');
  const settled = view.locator('.chart[aria-busy="false"]');
  const opening = await longestOf(frame, async () => {
    await view.getByRole('tab', { name: 'Plots' }).click();
    await picker.waitFor();
    await chart.waitFor();
  });
  const figures: Figure[] = [
    { what: '  opening the plots: longest task', value: opening, unit: 'ms', goal: 100 },
  ];
  const box = await view.locator('.canvas').boundingBox();
  if (box === null) throw new Error('there is no canvas');
  // From another kind to the first one, so that it is opened, too.
  await picker.selectOption('lines');
  for (const kind of Object.keys(kinds) as PlotKind[]) {
    const opened = await longestOf(frame, async () => {
      await picker.selectOption(kind);
      await settled.waitFor();
    });
    await window.screenshot(`bench-plot-${kind}`);
    const [from, to] = (regions[kind] ?? regions.other)(box);
    const handled = await longestOf(frame, async () => {
      await page.mouse.move(box.x + from[0], box.y + from[1]);
      await page.mouse.down();
      await page.mouse.move(box.x + to[0], box.y + to[1], { steps: 10 });
      await page.mouse.up();
      await settled.waitFor();
      await window.screenshot(`bench-plot-${kind}-marked`);
      for (let step = 0; step < 10; step++)
        await page.mouse.move(
          box.x + (0.4 + step / 100) * box.width,
          box.y + (0.4 + step / 100) * box.height,
        );
      await chart.press('Escape');
      await settled.waitFor();
    });
    const task = (what: string, value: number): Figure => ({ what, value, unit: 'ms', goal: 100 });
    figures.push(
      task(`  opening ${kind}: longest task`, opened),
      task('    marking, pointing, clearing: longest task', handled),
    );
  }
  return figures;
}
