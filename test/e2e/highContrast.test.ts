import { recordedSweep } from '../rig/recordedSweep.ts';
import { test } from '../rig/test.ts';

const runs = Array.from({ length: 18 }, (_, run) => {
  const params = { mass: 900 + 50 * (run % 6), thrust: [1.4, 1.5, 1.6][Math.floor(run / 6)] ?? 0, seed: run };
  return run % 5 === 3
    ? {
        params,
        failure: { reason: 'exit-code', code: 1 } as const,
        stderr: `\u001b[31mRangeError\u001b[0m: out of fuel at ${run} s\n`,
      }
    : { params, results: { miss: Math.abs(12 - run), landed: run > 4 }, stdout: 'landed\n' };
});

/** Plots, comparisons and sensitivity are photographed in all themes by their own tests. */
const highContrast = ['high contrast light', 'high contrast'] as const;

test('every page can be read in a high contrast theme', async ({ window, workspace }) => {
  await recordedSweep(workspace.folder, 'lander', runs, ['./land', '${mass}'], {
    metric: { name: 'miss', goal: 'minimize' },
  });
  await window.setTheme('high contrast');
  await window.openView('Multirun');
  await window.treeAction(/lander/, 'Open Results');
  await window.editor('lander results');
  const results = await window.webview();
  await results.getByText('18 runs', { exact: true }).waitFor();
  await results.locator('[row-index="2"] [col-id="parameter:mass"]').click();
  await results.getByText('18 runs · 1 selected').waitFor();
  // Its row in the tree comes into view, where the sweep opens for it.
  await window.page.locator('.sidebar .monaco-list-row.selected').filter({ hasText: 'mass=' }).waitFor();
  await window.screenshots('results', highContrast);
  await results.getByRole('tab', { name: 'Failures' }).click();
  await results.getByText('RangeError: out of fuel').waitFor();
  await window.screenshots('failures', highContrast);

  await window.treeAction(/lander/, 'Why Did They Fail?');
  await (await window.treeItem(/× RangeError/)).click();
  const page = await window.webview();
  await page.getByRole('heading', { name: 'Run 03' }).waitFor();
  await page.getByText('out of fuel at 3 s').first().waitFor();
  await window.screenshots('run-page', highContrast);

  await window.openView('Explorer');
  await window.explorer.open('lander.sweep.yaml');
  await window.page.locator('.codelens-decoration').getByText('Preview').click();
  await window.editor('Preview lander.sweep.yaml');
  const preview = await window.webview();
  await preview.getByRole('heading', { name: /runs$/ }).waitFor();
  await window.screenshots('preview', highContrast);
});
