import { strict as assert } from 'node:assert';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands } from '../../src/extension/ids.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { rowOf, rowsBelow, treeData, until, workspaceFolder } from './rows.ts';

describe('the extension', () => {
  it('has every command', async () => {
    await treeData();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commands).filter((command) => !known.has(command)),
      [],
    );
  });
});

describe('Run Sweep', () => {
  it('runs a sweep file, and the tree shows every run', async () => {
    const provider = await treeData();
    await vscode.commands.executeCommand(
      commands.runSweep,
      vscode.Uri.joinPath(workspaceFolder(), 'lander.sweep.yaml'),
    );
    const sweep = await rowOf(provider, /^lander 6 runs/);
    const runs = await rowsBelow(provider, sweep.node);
    assert.deepEqual(
      runs.map(({ text }) => text.replace(/ · .*/, '')),
      [
        '0 mass=900, thrust=1.4',
        '1 mass=900, thrust=1.6',
        '2 mass=1000, thrust=1.4',
        '3 mass=1000, thrust=1.6',
        '4 mass=1100, thrust=1.4',
        '5 mass=1100, thrust=1.6',
      ],
    );
    for (const { item } of runs) assert.match(item.contextValue ?? '', /^run success idle$/);
  });

  it('shows all results as one table', async () => {
    const sweep = await rowOf(await treeData(), /^lander 6 runs/);
    await vscode.commands.executeCommand(commands.openResults, sweep.node);
    const isShown = () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'lander results'));
    while (!isShown()) {
      await new Promise<void>((resolve) => {
        const changed = vscode.window.tabGroups.onDidChangeTabs(() => {
          changed.dispose();
          resolve();
        });
      });
    }
  });

  it('tells parameters and results of a run that is pointed at', async () => {
    const provider = await treeData();
    const sweep = await rowOf(provider, /^lander 6 runs/);
    const [run] = await rowsBelow(provider, sweep.node);
    assert.ok(run);
    const cancellation = new vscode.CancellationTokenSource();
    const resolved = await provider.resolveTreeItem?.(run.item, run.node, cancellation.token);
    const tooltip = resolved?.tooltip;
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /mass: {3}900\nthrust: 1\.4/);
    assert.match(tooltip.value, /landed: true/);
    assert.equal(tooltip.isTrusted, false);
  });

  it('copies the command line of a run, with its parameters in place', async () => {
    const provider = await treeData();
    const sweep = await rowOf(provider, /^lander 6 runs/);
    const [, second] = await rowsBelow(provider, sweep.node);
    await vscode.commands.executeCommand(commands.copyCommandLine, second?.node);
    assert.equal(await vscode.env.clipboard.readText(), 'node lander.mjs --mass 900 --thrust 1.6');
  });

  it('opens the files of a run', async () => {
    const provider = await treeData();
    const sweep = await rowOf(provider, /^lander 6 runs/);
    const [first] = await rowsBelow(provider, sweep.node);
    for (const [command, name, text] of [
      [commands.openLog, 'stdout.log', /touched down at 0\.\d+ m\/s/],
      [commands.openStderr, 'stderr.log', /^$/],
      [commands.openParams, 'params.json', /"mass": ?900/],
      [commands.openRunResults, 'results.json', /"landed": ?true/],
    ] as const) {
      await vscode.commands.executeCommand(command, first?.node);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.fileName.endsWith(join('runs', '0', name)), true, document?.fileName);
      assert.match(document?.getText() ?? '', text);
    }
  });

  it('runs a run again, as a new attempt', async () => {
    const provider = await treeData();
    const sweep = await rowOf(provider, /^lander 6 runs/);
    const [first] = await rowsBelow(provider, sweep.node);
    await vscode.commands.executeCommand(commands.runAgain, first?.node);
    await until(provider.onDidChangeTreeData, async () => {
      const [again] = await rowsBelow(provider, sweep.node);
      return /attempt 2/.test(again?.text ?? '') && /^run success/.test(again?.item.contextValue ?? '')
        ? again
        : undefined;
    });
  });

  it('starts nothing from a file with problems, and goes to the first one', async () => {
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'broken.sweep.yaml');
    await writeFile(uri.fsPath, 'cmd: [echo]\nparametres: {}\n');
    const provider = await treeData();
    const before = (await rowsBelow(provider)).length;
    // The command goes on until its message is answered.
    void vscode.commands.executeCommand(commands.runSweep, uri);
    const editor = await until(vscode.window.onDidChangeTextEditorSelection, () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.fsPath === uri.fsPath && !active.selection.isEmpty ? active : undefined;
    });
    assert.equal(editor.document.getText(editor.selection), 'parametres');
    assert.equal((await rowsBelow(provider)).length, before);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});

describe('the tree', () => {
  it('shows sweeps that others write, and forgets those that are gone', async () => {
    const provider = await treeData();
    const directory = await recordedSweep(workspaceFolder().fsPath, 'foreign', [
      { params: { x: 1 } },
      { params: { x: 2 }, failure: { reason: 'signal', signal: 'SIGSEGV' } },
    ]);
    const sweep = await rowOf(provider, /^foreign 2 runs · 1 failed/);
    const [, killed, why] = await rowsBelow(provider, sweep.node);
    assert.match(why?.text ?? '', /^Why did they fail\?/);
    assert.match(killed?.text ?? '', /^1 killed by SIGSEGV · x=2/);
    await rm(directory, { recursive: true });
    await until(provider.onDidChangeTreeData, async () => {
      const rows = await rowsBelow(provider);
      return rows.some(({ text }) => text.startsWith('foreign')) ? undefined : true;
    });
  });

  it('groups many runs, and finds the row around each', async () => {
    const provider = await treeData();
    const runs = Array.from({ length: 20_000 }, (_, x) => ({ params: { x } }));
    await recordedSweep(workspaceFolder().fsPath, 'large', runs);
    const sweep = await rowOf(provider, /^large 20,000 runs/);
    const outer = await rowsBelow(provider, sweep.node);
    assert.deepEqual(
      outer.map(({ item }) => item.label),
      ['00000 – 09999', '10000 – 19999'],
    );
    const inner = await rowsBelow(provider, outer[1]?.node);
    assert.equal(inner.length, 100);
    const leaves = await rowsBelow(provider, inner[99]?.node);
    const last = leaves.at(-1)?.node;
    assert.ok(last);
    assert.match(leaves.at(-1)?.text ?? '', /^19999 x=19999/);
    assert.equal(await provider.getParent?.(last), inner[99]?.node);
    assert.equal(await provider.getParent?.(inner[99]!.node), outer[1]?.node);
    assert.equal(await provider.getParent?.(outer[1]!.node), sweep.node);
  });

  it('says what is wrong with a sweep directory that it cannot read', async () => {
    const provider = await treeData();
    const directory = await recordedSweep(workspaceFolder().fsPath, 'newer', [{ params: { x: 1 } }]);
    await rowOf(provider, /^newer/);
    await writeFile(join(directory, 'sweep.json'), '{"formatVersion": 99}');
    await vscode.commands.executeCommand(commands.refresh);
    // A sweep that could be read once is still shown as it was.
    await rowOf(provider, /^newer 1 run/);
    const broken = join(workspaceFolder().fsPath, 'multirun', 'broken', 'recorded');
    await recordedSweep(workspaceFolder().fsPath, 'broken', [{ params: { x: 1 } }]);
    await rowOf(provider, /^broken/);
    await rm(broken, { recursive: true });
    await until(provider.onDidChangeTreeData, async () => {
      const rows = await rowsBelow(provider);
      return rows.some(({ text }) => text.startsWith('broken')) ? undefined : true;
    });
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(join(broken, 'sweep.json')),
      Buffer.from('{"formatVersion": 99}'),
    );
    const row = await rowOf(provider, /^recorded .*newer version of Multirun/);
    assert.equal(row.item.contextValue, 'broken');
  });

  it('shows only what failed when asked', async () => {
    const provider = await treeData();
    await recordedSweep(workspaceFolder().fsPath, 'mixed', [
      { params: { x: 1 } },
      { params: { x: 2 }, failure: { reason: 'exit-code', code: 1 } },
    ]);
    const sweep = await rowOf(provider, /^mixed 2 runs · 1 failed/);
    await vscode.commands.executeCommand(commands.filterFailed);
    const rows = await rowsBelow(provider);
    assert.deepEqual(
      rows.map(({ item }) => item.label),
      ['mixed'],
    );
    assert.deepEqual(
      (await rowsBelow(provider, sweep.node)).map(({ item }) => item.label),
      ['1', 'Why did they fail?'],
    );
    await vscode.commands.executeCommand(commands.filterAll);
    assert.equal((await rowsBelow(provider, sweep.node)).length, 3);
  });

  it('leads from a sweep to the reasons of its failures, and from there to its runs', async () => {
    const provider = await treeData();
    const failed = (x: number, stderr: string) => ({
      params: { x },
      failure: { reason: 'exit-code', code: 1 } as const,
      stderr,
    });
    await recordedSweep(workspaceFolder().fsPath, 'reasons', [
      { params: { x: 0 } },
      failed(1, 'error: step 0.1 is too large\n'),
      failed(2, 'error: no licence\n'),
      failed(3, 'error: step 0.3 is too large\n'),
      { params: { x: 4 }, failure: { reason: 'cancelled' } },
    ]);
    const sweep = await rowOf(provider, /^reasons 5 runs · 4 failed/);
    const why = (await rowsBelow(provider, sweep.node)).at(-1);
    assert.ok(why);
    const reasons = await until(provider.onDidChangeTreeData, async () => {
      const rows = await rowsBelow(provider, why.node);
      return rows.length > 0 ? rows : undefined;
    });
    assert.deepEqual(
      reasons.map(({ item }) => item.label),
      ['2 × error: step # is too large', '1 × error: no licence'],
    );
    const [large] = reasons;
    assert.ok(large);
    const runs = await rowsBelow(provider, large.node);
    assert.deepEqual(
      runs.map(({ item }) => item.label),
      ['1', '3'],
    );
    // A row below its reason and the same run's row below the sweep are two rows.
    const [first] = runs;
    assert.ok(first);
    assert.equal(await provider.getParent?.(first.node), large.node);
    assert.equal(await provider.getParent?.(large.node), why.node);
    assert.equal(await provider.getParent?.(why.node), sweep.node);
  });
});
