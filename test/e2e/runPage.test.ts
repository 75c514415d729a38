import { controlledCommand } from '../rig/controlledCommand.ts';
import { png } from '../rig/png.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { expect, test } from '../rig/test.ts';

const soon = { timeout: 30_000 };

/** A temperature field that a solver could have drawn. */
const field = png(240, 160, (x, y) => {
  const heat =
    Math.exp(-(((x - 90) / 60) ** 2) - ((y - 80) / 45) ** 2) +
    0.35 * Math.exp(-(((x - 190) / 25) ** 2) - ((y - 50) / 30) ** 2);
  const t = Math.min(1, heat);
  return [
    Math.round(255 * Math.min(1, 1.6 * t)),
    Math.round(200 * t * t + 30),
    Math.round(150 * (1 - t) + 40),
  ];
});

const profile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160"><script>parent.hacked = 1; alert(1)</script>
<rect width="240" height="160" fill="#fff"/><path d="M20 10V140H230" fill="none" stroke="#555"/>
<path d="M20 138C60 130 70 30 105 30S150 120 175 118S210 70 230 66" fill="none" stroke="#0969da" stroke-width="2.5"/></svg>`;

test('a click on a run opens its page, with what it was given, what it found and what it drew', async ({
  window,
  workspace,
}) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await recordedSweep(
    workspace.folder,
    'heat',
    [0.5, 1, 2].map((power) => ({
      params: { power, source: { x: 0.37, y: 0.5 }, cells: 240, solver: 'implicit <b>Euler</b>' },
      results: { peak: 21.4 + 61 * power, mean: 18.2, converged: true, iterations: 143 },
      stdout: Array.from(
        { length: 40 },
        (_, i) =>
          `iteration ${String(i + 1).padStart(3)}   \u001b[36mresidual\u001b[0m ${(10 ** (-i / 5)).toExponential(2)}`,
      )
        .concat('\u001b[1;32mconverged\u001b[0m after 143 iterations, wrote field.png', '')
        .join('\n'),
      files: {
        'field.png': field,
        'plots/profile.svg': profile,
        'field.csv': 'x,y,t\n'.repeat(4000),
        'mesh.inp': '1\n',
      },
      durationMs: 48_200,
      usage: { cpuMs: 93_400, peakMemoryBytes: 412_000_000 },
    })),
    ['./heat', '--power', '${power}', '--title', 'the hot plate'],
  );
  await window.treeItem(/heat/);
  await window.toggle(/heat/);
  await (await window.treeItem(/power=1\b/)).click();
  await window.editor('heat 1');
  const page = await window.webview();
  await page.getByRole('heading', { name: 'Run 1' }).waitFor();
  await page.getByRole('row', { name: 'peak 82.4' }).waitFor();
  await page.getByRole('row', { name: 'power 1' }).waitFor();
  await page.getByRole('row', { name: 'CPU time 1m 33.4s' }).waitFor();
  await page.getByRole('row', { name: 'Peak memory 412 MB' }).waitFor();
  // Texts of others are text.
  await page.getByText('The same in all runs').click();
  await page.getByText('implicit <b>Euler</b>').waitFor();
  await page.getByText("./heat --power 1 --title 'the hot plate'").waitFor();
  await page.getByText('converged after 143 iterations').waitFor();
  const image = page.getByRole('img', { name: 'field.png' });
  await expect
    .poll(
      () => image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
      soon,
    )
    .toBe(240);
  await page.getByRole('img', { name: 'plots/profile.svg' }).waitFor();
  await window.screenshot('run-page-success-dark');

  // The keyboard is still in the tree, and the next run takes the same page.
  await window.setTheme('light');
  await (await window.treeItem(/power=2\b/)).click();
  await page.getByRole('heading', { name: 'Run 2' }).waitFor();
  await page.getByRole('row', { name: 'power 2' }).waitFor();
  await window.screenshot('run-page-success-light');
  expect(await window.page.locator('.tabs-container').getByRole('tab').count()).toBe(1);
});

const failing = `import numpy as np\n`;
const traceback = [
  '\u001b[33mwarning:\u001b[0m step size 0.25 is large',
  'Traceback (most recent call last):',
  '  File "lander.mjs", line 12, in <module>',
  '    main()',
  '  File "lander.mjs", line 7, in main',
  '    return guide(0.25)',
  '\u001b[1;31mValueError\u001b[0m: \u001b[1mmath domain error <img src=x onerror=alert(1)>\u001b[0m',
  '',
].join('\n');

test('the page of a failed run begins with its errors', async ({ window, workspace }) => {
  await window.setTheme('dark');
  await window.openView('Multirun');
  await workspace.write('model.py', failing);
  await recordedSweep(
    workspace.folder,
    'landing',
    [0.1, 0.25].map((dt) => ({
      params: { dt, seed: 7, engine: 'merlin' },
      stdout:
        '\u001b[38;5;208m  0 s\u001b[0m  1000 m high\n\u001b[48;2;40;80;160m 10 s \u001b[0m   640 m high\n 10%\r 55%\r100%\n',
      ...(dt > 0.1 ? { failure: { reason: 'exit-code', code: 1 } as const, stderr: traceback } : {}),
    })),
    ['python3', 'model.py', '--dt', '${dt}'],
  );
  await window.treeItem(/landing/);
  await window.toggle(/landing/);
  await (await window.treeItem(/dt=0\.25/)).click();
  const page = await window.webview();
  await page.getByRole('heading', { name: 'Run 1' }).waitFor();
  await page.getByText('math domain error <img src=x onerror=alert(1)>').first().waitFor();
  await page.getByText('100%').waitFor();
  expect(await page.getByText('55%').count()).toBe(0);
  await window.screenshot('run-page-failure-dark');
  await window.setTheme('light');
  await window.screenshot('run-page-failure-light');
});

test('a page follows its run, is kept beside others, and comes back after a reload', async ({
  window,
  workspace,
}) => {
  await using program = await controlledCommand();
  await workspace.write(
    'talk.sweep.yaml',
    `cmd: ${JSON.stringify([...program.cmd, '${x}'])}\nparameters: {x: [1, 2]}\nrunner: {max_parallel: 2}\n`,
  );
  await window.explorer.rightClick('talk.sweep.yaml');
  await window.menu('Run Sweep');
  const runs = [await program.next(), await program.next()];
  const first = runs.find(({ args }) => args[0] === '1');
  const second = runs.find(({ args }) => args[0] === '2');
  await first?.print('stdout', 'hello \u001b[31mred');
  await (await window.treeItem(/x=1/)).click();
  const page = await window.webview();
  await page.getByText('hello red').waitFor();
  await first?.print('stdout', ' still red\u001b[0m\nnext\n');
  await page.getByText('hello red still red').waitFor();
  expect(await page.locator('.ansi-red').allTextContents()).toEqual(['red still red']);
  await page.getByText('next').waitFor();

  await window.page.getByRole('button', { name: 'Keep This Page' }).click();
  await (await window.treeItem(/x=2/)).click();
  await window.editor('talk 1');
  await window.editor('talk 0');
  await second?.print('stderr', 'trouble ahead\n');
  await (await window.webview()).getByText('trouble ahead').waitFor();

  await window.commandPalette('Developer: Reload Window');
  await window.page.waitForEvent('load');
  await window.openView('Multirun');
  const back = await window.webview();
  await back.getByRole('heading', { name: 'Run 1' }).waitFor();
  await back.getByText('trouble ahead').waitFor();
  await second?.print('stderr', 'more of it\n');
  await back.getByText('more of it').waitFor();
  second?.exit(3);
  await back.getByText('exit code 3').first().waitFor();
  first?.exit(0);
});
