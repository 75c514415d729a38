/**
 * What the results view costs with 100,000 runs of 40 columns: first its reading in a process of its own, then the view itself
 * in a real VS Code. Each figure stands beside its goal.
 *
 *     npm run build && npm run bench:results -- [RUNS]
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../scripts/vscode/chromium.ts';
import { startServer } from '../scripts/vscode/server.ts';
import { decodeChunk } from '../src/core/resultsTable/chunkBytes.ts';
import { openSweep } from '../src/core/sweepDirectory/readSweep.ts';
import { createFeed } from '../src/extension/results/feed.ts';
import { openWindow } from '../test/rig/openWindow.ts';
import type { Window } from '../test/rig/window.ts';
import { freshWorkspace, type Workspace } from '../test/rig/workspace.ts';
import type { Figure } from './figure.ts';
import { longestOf, longestTask, watchTasks } from './longTasks.ts';
import { measurePlots } from './resultsPlots.ts';
import { writeLargeSweep } from './resultsSweep.ts';

const root = path.resolve(import.meta.dirname, '..');
const chunksWorker = path.join(root, 'dist', 'chunksWorker.js');

/** Reads a sweep as the extension does, in this process. */
async function readAlone(directory: string): Promise<Figure[]> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const longestStall = async () => {
    // A stall is noticed after it has ended.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stall = delay.max / 1e6;
    delay.reset();
    return stall;
  };
  const began = performance.now();
  const view = await openSweep(directory);
  const opened = performance.now();
  const journalStall = await longestStall();
  const reading = performance.now();
  let cells = 0;
  let first: number | undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'multirun-bench-'));
  const feed = createFeed(view, { program: chunksWorker, folder }, async (told) => {
    const { columns, runs } = 'chunk' in told ? told.chunk : decodeChunk(await bytesOf(told.file));
    first ??= performance.now();
    cells += columns.length * runs.length;
  });
  await feed.next();
  const read = performance.now();
  const readingStall = await longestStall();
  feed.dispose();
  await rm(folder, { recursive: true });
  if (cells < view.state.total * 38) throw new Error(`only ${cells} cells were read`);
  return [
    { what: 'journal read, statuses known', value: (opened - began) / 1000, unit: 's' },
    { what: '  longest stall meanwhile', value: journalStall, unit: 'ms', goal: 100 },
    { what: 'first rows read', value: ((first ?? Number.NaN) - reading) / 1000, unit: 's' },
    { what: 'all parameters and results read', value: (read - reading) / 1000, unit: 's', goal: 2 },
    { what: '  longest stall meanwhile', value: readingStall, unit: 'ms', goal: 100 },
    {
      what: 'peak memory of the process',
      value: (await memoryOf(process.pid, 'VmHWM')) ?? Number.NaN,
      unit: 'MB',
    },
  ];
}

async function bytesOf(file: string): Promise<ArrayBuffer> {
  return Uint8Array.from(await readFile(file)).buffer;
}

/** What the kernel tells of a process's memory, in MB; undefined where it tells nothing. */
async function memoryOf(pid: number, what: 'VmHWM' | 'VmRSS'): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status);
  return found === null ? undefined : (Number(found[1]) * 1024) / 1e6;
}

/** The extension hosts among the processes that descend from this one. */
async function extensionHosts(): Promise<number[]> {
  const parents = new Map<number, number>();
  const hosts: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const parent = Number(
      stat
        .slice(stat.lastIndexOf(')') + 1)
        .trim()
        .split(' ')[1],
    );
    parents.set(pid, parent);
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (words.includes('--type=extensionHost')) hosts.push(pid);
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && descends(parent));
  };
  return hosts.filter(descends);
}

/** What the extension host of a window takes by itself, in MB, and which process it is. */
async function measureEmpty(window: Window): Promise<{ readonly host: number; readonly held: number }> {
  await window.openView('Multirun');
  const [host] = await extensionHosts();
  if (host === undefined) throw new Error('no extension host was found');
  return { host, held: (await memoryOf(host, 'VmRSS')) ?? Number.NaN };
}

/** Opens, scrolls, sorts and draws as a person does. */
async function measureView(window: Window, isHost: (pid: number) => boolean): Promise<Figure[]> {
  const { page } = window;
  // A large screen, on which a person sees many columns.
  await page.setViewportSize({ width: 2200, height: 1200 });
  await window.openView('Multirun');
  const host = (await extensionHosts()).find(isHost);
  if (host === undefined) throw new Error('no extension host was found');
  const held = async (what: 'VmHWM' | 'VmRSS') => (await memoryOf(host, what)) ?? Number.NaN;
  const item = await window.treeItem(/large/);
  const before = await held('VmRSS');
  await item.hover();
  const button = item.getByRole('button', { name: 'Open Results' });
  await button.waitFor();
  const began = performance.now();
  await button.click();
  const view = await window.webview();
  await view.locator('[row-index="0"] [col-id="result:r0"]').getByText(/\d/).waitFor();
  const shown = performance.now();
  const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
  if (frame === undefined || frame === null) throw new Error('the view has no frame');
  await watchTasks(frame);
  await view.getByText(`${runs.toLocaleString('en')} runs`, { exact: true }).waitFor({ timeout: 120_000 });
  const complete = performance.now();
  const openingStall = await longestTask(frame);
  await window.screenshot('bench-results');

  await view.locator('[row-index="3"] [col-id="result:r0"]').hover();
  const scrolled = await longestOf(frame, async () => {
    for (let step = 0; step < 60; step++) await page.mouse.wheel(0, step % 10 === 9 ? 200_000 : 400);
    for (let step = 0; step < 20; step++) await page.mouse.wheel(step % 10 < 5 ? 300 : -300, 0);
  });
  const sorts: Figure[] = [];
  for (const column of ['p6', 'p0', 'p3', 'run']) {
    const longest = await longestOf(frame, async () => {
      // The first time its order is found out, the second time it is known.
      for (let turn = 0; turn < 2; turn++)
        await view.getByRole('columnheader', { name: column, exact: true }).click();
      await view.locator('[row-index="0"]').first().waitFor();
    });
    sorts.push({ what: `  sorting by ${column}: longest task`, value: longest, unit: 'ms', goal: 100 });
  }
  const plots = await measurePlots(window, view, frame);
  return [
    { what: 'from the click to the first rows', value: (shown - began) / 1000, unit: 's', goal: 2 },
    { what: 'from the click to the last of all runs', value: (complete - began) / 1000, unit: 's' },
    { what: '  longest task while it opens', value: openingStall, unit: 'ms', goal: 100 },
    { what: '  longest task while it is scrolled', value: scrolled, unit: 'ms', goal: 100 },
    ...sorts,
    ...plots,
    { what: '  with the sweep in the tree', value: before, unit: 'MB' },
    { what: '  with the view', value: await held('VmRSS'), unit: 'MB', goal: 300 },
    { what: '  at its peak', value: await held('VmHWM'), unit: 'MB', goal: 300 },
  ];
}

async function inVSCode(workspace: Workspace, prepared: string): Promise<Figure[]> {
  const data = await mkdtemp(path.join(tmpdir(), 'multirun-bench-'));
  const server = await startServer({ data, settings: { 'workbench.reduceMotion': 'on' }, extension: root });
  const browser = await launchChromium();
  try {
    const url = server.url({ folder: workspace.folder });
    const window = await openWindow(browser, url, workspace);
    const empty = await measureEmpty(window);
    await window.page.close();
    // The next window finds the sweep there, as a person does who comes back to it.
    await rename(prepared, path.join(workspace.folder, 'multirun'));
    const figures = await measureView(await openWindow(browser, url, workspace), (pid) => pid !== empty.host);
    return [...figures, { what: 'extension host of an empty folder', value: empty.held, unit: 'MB' }];
  } finally {
    await browser.close();
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

function print(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { what, value, unit, goal } of figures) {
    const digits = unit === 's' ? 2 : 0;
    const goalText = goal === undefined ? '' : `goal ${goal} ${unit}${value <= goal ? '' : '  MISSED'}`;
    console.log(`  ${what.padEnd(46)} ${value.toFixed(digits).padStart(8)} ${unit.padEnd(3)} ${goalText}`);
  }
}

const [first, second] = process.argv.slice(2);
const runs = Number(first ?? 100_000);
if (first === '--read' && second !== undefined) {
  print('Reading, in a process of its own', await readAlone(second));
} else {
  const workspace = await freshWorkspace();
  try {
    const began = performance.now();
    // Beside the workspace, so that the extension is seen without it first.
    const beside = path.join(workspace.folder, '..', 'prepared');
    const directory = await writeLargeSweep(beside, 'large', runs);
    console.log(
      `A sweep of ${runs.toLocaleString('en')} runs was written in ${Math.round((performance.now() - began) / 1000)} s.`,
    );
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--read', directory], { stdio: 'inherit' });
    print('The view, in VS Code', await inVSCode(workspace, path.join(beside, 'multirun')));
  } finally {
    await workspace.remove();
  }
}
