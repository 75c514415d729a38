import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lockHolder } from '../../../src/core/sweepDirectory/lock.ts';
import { openSweep } from '../../../src/core/sweepDirectory/readSweep.ts';
import { expect, test } from '../../rig/test.ts';
import type { Window } from '../../rig/window.ts';
import type { Workspace } from '../../rig/workspace.ts';
import { inspect } from '../rig/extensionHost.ts';
import { count } from '../rig/figures.ts';
import { orphansOf } from '../rig/processes.ts';
import { randomSource } from '../rig/random.ts';
import { judge, type Witness, witness } from '../rig/witness.ts';

/** Runs a sweep file by its context menu; resolves to the sweep's directory when it has begun. */
async function runSweep(
  window: Window,
  workspace: Workspace,
  content: object,
  asksFirst = false,
): Promise<string> {
  await workspace.write('long.sweep.yaml', JSON.stringify(content));
  await window.set('multirun.notifications', 'never');
  await window.explorer.rightClick('long.sweep.yaml');
  await window.menu('Run Sweep');
  if (asksFirst) await window.answer(/^Start/);
  await window.statusBar(/long \d+\//);
  const home = join(workspace.folder, 'multirun', 'long');
  const [name = ''] = await readdir(home);
  return join(home, name);
}

async function writerOf(directory: string, butNot?: number): Promise<number> {
  for (;;) {
    const holder = await lockHolder(directory);
    if (holder.kind === 'living' && holder.pid !== butNot) return holder.pid;
    await delay(50);
  }
}

async function isExtensionHost(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes('extensionHost');
}

/** Lets a sweep run in a window until it has ended, and harms the window again and again meanwhile. */
async function underFaults(
  window: Window,
  workspace: Workspace,
  fault: string,
  seed: number,
  harm: (writer: number, index: number) => Promise<void>,
): Promise<void> {
  const random = randomSource(seed);
  const testimony: Witness = witness(join(workspace.folder, 'witness'));
  const runs = 300;
  const directory = await runSweep(window, workspace, {
    cmd: testimony.cmd(0.6),
    parameters: { x: { min: 0, max: runs - 1, step: 1 } },
    runner: { max_parallel: 4 },
  });
  const view = await openSweep(directory);
  const isOver = () => view.state.phase === 'closed';
  let faults = 0;
  let writer = await writerOf(directory);
  expect(await isExtensionHost(writer)).toBe(true);
  while (!isOver()) {
    await delay(500 + random() * 2500);
    await view.refresh();
    // The last one shall be taken up before the sweep ends.
    if (isOver() || view.state.counts.pending < 40) continue;
    await harm(writer, faults);
    writer = await writerOf(directory, writer);
    faults++;
  }
  const { lost, twice, repeated } = await judge(directory, testimony);
  const orphans = await orphansOf(directory);
  count({ fault, faults, runs, lost: lost.length, twice: twice.length, orphans: orphans.length });
  expect({ lost, twice, repeated, orphans, success: view.state.counts.success }).toEqual({
    lost: [],
    twice: [],
    repeated: [],
    orphans: [],
    success: runs,
  });
  expect(faults).toBeGreaterThan(2);
}

test('SIGKILL of the real extension host in the middle of a sweep loses nothing', ({ window, workspace }) =>
  underFaults(
    window,
    workspace,
    'SIGKILL of the extension host of a real VS Code',
    3,
    async (host, index) => {
      process.kill(host, 'SIGKILL');
      // After three of them VS Code starts no other by itself.
      if (index % 2 === 1) await window.page.reload();
    },
  ));

test('a reload of the real VS Code in the middle of a sweep loses nothing', ({ window, workspace }) =>
  underFaults(window, workspace, 'Reload of a real VS Code in the browser', 4, async () => {
    await window.page.reload();
  }));

const runs = 20_000;
const mostMegabytes = 10;

test(`the memory of the real extension host stays flat through ${runs} runs`, async ({
  window,
  workspace,
}) => {
  const content = { cmd: ['true'], parameters: { x: { min: 0, max: runs - 1, step: 1 } }, breaker: false };
  const directory = await runSweep(window, workspace, content, true);
  const host = await writerOf(directory);
  expect(await isExtensionHost(host)).toBe(true);
  using inspected = await inspect(host);
  const view = await openSweep(directory);
  const megabytes: number[] = [];
  while (view.state.phase !== 'closed') {
    megabytes.push((await inspected.heldBytes()) / 1e6);
    await delay(1000);
    await view.refresh();
  }
  const orphans = await orphansOf(directory);
  const { counts } = view.state;
  // The first fifth is warm-up: what is loaded once, and tables that grow to their size.
  const warm = megabytes.slice(Math.ceil(megabytes.length / 5));
  const median = warm.toSorted((a, b) => a - b)[warm.length >> 1] ?? 0;
  const most = Math.max(...warm.map((sample) => Math.abs(sample - median)));
  console.log(
    `${runs} runs in the extension host: within ±${most.toFixed(1)} MB of ${median.toFixed(1)} MB after warm-up (${warm.length} samples)`,
  );
  const fault = `${runs.toLocaleString('en')} runs in a real extension host (memory ±${mostMegabytes} MB)`;
  count({ fault, faults: 1, runs, lost: runs - counts.success, twice: 0, orphans: orphans.length });
  expect(warm.length).toBeGreaterThan(5);
  expect(most).toBeLessThan(mostMegabytes);
});
