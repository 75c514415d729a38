import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { controlledCommand } from '../rig/controlledCommand.ts';
import { png, type Rgb } from '../rig/png.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

/** The part of an image's HTML element that is read inside the page. */
interface Picture {
  readonly naturalWidth: number;
}

/** Waves that the two parameters shape, in the colours of a heat map. */
function field(kx: number, ky: number, size = 96): Buffer {
  return png(size, size, (x, y) => {
    const height =
      Math.sin((kx * x) / 14) * Math.cos((ky * y) / 14) * Math.exp(-((x - 48) ** 2 + (y - 48) ** 2) / 2600);
    return heat((height + 1) / 2);
  });
}

function heat(share: number): Rgb {
  const at = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [at(30, 250), at(50, 180), at(120, 60)];
}

const drawing = (kx: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" onload="parent.document.title='run'"><script>document.title='run'</script>${`<circle cx="${20 * kx}" cy="30" r="${6 + 4 * kx}" fill="teal"/>`}</svg>`;

const waves = [1, 2, 3, 4]
  .flatMap((kx) =>
    [1, 2, 3].flatMap((ky) =>
      [7, 8].map((seed) => ({
        params: { seed, kx, ky, medium: 'water' },
        // One combination was never drawn, and one failed before it drew.
        ...(kx === 4 && ky === 3
          ? { failure: { reason: 'exit-code', code: 1 } as const, stderr: 'no memory\n' }
          : {
              files: {
                'field.png': field(kx + seed / 20, ky),
                ...(ky === 1 ? { 'out/shape.svg': drawing(kx) } : {}),
              },
            }),
      })),
    ),
  )
  .filter(({ params }) => !(params.kx === 2 && params.ky === 2));

test('the images of all runs stand side by side, arranged by two parameters', async ({
  window,
  workspace,
}) => {
  await recordedSweep(workspace.folder, 'waves', waves);
  await window.setTheme('dark');
  await window.openView('Multirun');
  await (await window.treeItem(/waves/)).click({ button: 'right' });
  await window.menu('Image Grid');
  await window.editor('waves images');
  const view = await window.webview();
  // Parameters whose values come again arrange them; the image that most runs have is shown.
  await expect.poll(() => view.getByRole('columnheader').allInnerTexts(), soon).toEqual(['1', '2', '3', '4']);
  expect(await view.getByLabel('Rows').inputValue()).toBe('seed');
  await view.getByLabel('Rows').selectOption('ky');
  await view.getByLabel('Columns').selectOption('kx');
  await expect.poll(() => view.getByRole('rowheader').allInnerTexts(), soon).toEqual(['1', '2', '3']);
  await view.getByText('20 of 22 runs have it').waitFor();
  // Ten of the twelve combinations have runs with images; each shows one of its two.
  await expect.poll(() => view.locator('.picture img').count(), soon).toBe(10);
  expect(await view.getByRole('gridcell', { name: 'No run' }).count()).toBe(1);
  const drawn = () =>
    view
      .locator('.picture img')
      .evaluateAll((all: readonly Picture[]) => all.filter(({ naturalWidth }) => naturalWidth === 96).length);
  await expect.poll(drawn, soon).toBe(10);
  await window.screenshot('image-grid-dark');
  await window.setTheme('light');
  await window.screenshot('image-grid-light');
  await window.setTheme('high contrast');
  await window.screenshot('image-grid-high-contrast');

  // The other run of the cell is one click away, and a click on its image opens it.
  const cell = view.getByRole('gridcell').first();
  await cell.getByRole('button', { name: 'Next run' }).click();
  await cell.getByText('01 · 2/2').waitFor();
  await cell.getByRole('button', { name: 'Run 01' }).click();
  await window.editor('waves 01');
  await (await window.webview()).getByRole('heading', { name: 'Run 01' }).waitFor();
  await (await window.editor('waves images')).click();

  // What was chosen is chosen when the page is back; an SVG is a picture, and nothing in it runs.
  const back = await window.webview();
  await expect.poll(() => back.getByLabel('Rows').inputValue(), soon).toBe('ky');
  await back.getByLabel('Image').selectOption('out/shape.svg');
  await back.getByText('8 of 22 runs have it').waitFor();
  await expect.poll(() => back.locator('.picture img').count(), soon).toBe(4);
  await window.screenshot('image-grid-svg-high-contrast');
  expect(await back.locator('svg circle').count()).toBe(0);

  // So it is after the window was reloaded.
  await window.commandPalette('Developer: Reload Window');
  await window.page.waitForEvent('load');
  await window.editor('waves images');
  const again = await window.webview();
  await again.getByText('8 of 22 runs have it').waitFor();
  await expect.poll(() => again.locator('.picture img').count(), soon).toBe(4);
  const chosen = (label: string) => again.getByLabel(label).inputValue();
  expect(await Promise.all(['Image', 'Rows', 'Columns'].map(chosen))).toEqual(['out/shape.svg', 'ky', 'kx']);
});

test('images appear as runs draw them, and five hundred are loaded as they are scrolled to', async ({
  window,
  workspace,
}) => {
  await using program = await controlledCommand();
  await workspace.write(
    'draw.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [1, 2]}\nrunner: {max_parallel: 1}\n`,
  );
  await window.setTheme('dark');
  await window.explorer.rightClick('draw.sweep.yaml');
  await window.menu('Run Sweep');
  const run = await program.next();
  await window.openView('Multirun');
  await (await window.treeItem(/draw/)).click({ button: 'right' });
  await window.menu('Image Grid');
  const view = await window.webview();
  await view.getByText('No run has drawn an image yet.').waitFor();
  await window.screenshot('image-grid-none-dark');
  await writeFile(path.join(run.cwd, 'a.png'), field(2, 2));
  await view.getByText('1 of 2 runs have it').waitFor();
  run.exit(0);
  (await program.next()).exit(0);

  const small = png(24, 24, (x, y) => heat((x + y) / 48));
  await recordedSweep(
    workspace.folder,
    'many',
    Array.from({ length: 500 }, (_, index) => ({
      params: { angle: (index * 37) % 500, speed: Math.floor(index / 5) },
      files: { 'a.png': small },
    })),
  );
  await (await window.treeItem(/many/)).click({ button: 'right' });
  await window.menu('Image Grid');
  await window.editor('many images');
  const many = await window.webview();
  await many.getByLabel('Rows').selectOption('None');
  await many.getByLabel('Columns').selectOption('None');
  await expect.poll(() => many.getByRole('gridcell').count(), soon).toBe(500);
  const loaded = () => many.locator('.picture img[src]').count();
  await expect.poll(loaded, soon).toBeGreaterThan(10);
  expect(await loaded()).toBeLessThan(200);
  await many.getByRole('button', { name: 'Run 499', exact: true }).scrollIntoViewIfNeeded();
  await many.locator('[aria-label="Run 499"] img[src], [title="Run 499"] img[src]').waitFor();
  await many.getByLabel('Rows').selectOption('angle');
  await many.getByLabel('Columns').selectOption('speed');
  await expect.poll(() => many.getByRole('rowheader').count(), soon).toBe(10);
  const shown = () =>
    many
      .locator('.picture img')
      .evaluateAll((all: readonly Picture[]) => all.filter(({ naturalWidth }) => naturalWidth === 24).length);
  await expect.poll(shown, soon).toBeGreaterThan(25);
  await window.commandPalette('Notifications: Clear All Notifications');
  await window.screenshot('image-grid-many-dark');
});
