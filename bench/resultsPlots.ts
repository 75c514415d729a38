import type { Frame, FrameLocator } from 'playwright-core';
import { kinds, type PlotKind } from '../src/webview/results/plots/choices.ts';
import type { Window } from '../test/rig/window.ts';
import type { Figure } from './figure.ts';
import { longestOf } from './longTasks.ts';

/** From the left edge of the canvas to the first axis of parallel coordinates, in pixels. */
const firstAxis = 60;

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
    const from = kind === 'parallel' ? firstAxis : 0.3 * box.width;
    const to = kind === 'parallel' ? firstAxis : 0.5 * box.width;
    const handled = await longestOf(frame, async () => {
      await page.mouse.move(box.x + from, box.y + 0.25 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + to, box.y + 0.5 * box.height, { steps: 10 });
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
