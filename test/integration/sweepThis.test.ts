import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { openAt } from './openFile.ts';
import { treeData, workspaceFolder } from './rows.ts';

/** Puts the cursor where a file has a "|" and sweeps that. */
async function swept(name: string, marked: string): Promise<vscode.TextDocument> {
  await treeData();
  const { position } = await openAt(name, marked);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  editor.selection = new vscode.Selection(position, position);
  const uri = await vscode.commands.executeCommand<vscode.Uri>('multirun.sweepThis');
  return vscode.workspace.openTextDocument(uri);
}

describe('Sweep This', () => {
  for (const [name, marked, template] of [
    ['a.json', '{"lr": 0.|1}', '{"lr": ${lr}}'],
    ['b.yaml', 'model:\n  lr: 0.|1\n', 'model:\n  lr: ${lr}\n'],
    ['c.toml', '[model]\nlr = 0.|1\n', '[model]\nlr = ${lr}\n'],
  ] as const) {
    it(`makes a template and a sweep file of ${name}`, async () => {
      const document = await swept(`swept/${name}`, marked);
      assert.equal(basename(document.uri.fsPath), `${name.charAt(0)}.sweep.yaml`);
      const { diagnostics, runnable } = await loadSweepFile(document.uri.fsPath);
      assert.deepEqual(diagnostics, []);
      assert.equal(runnable?.plan.size, 3);
      const path = vscode.Uri.joinPath(workspaceFolder(), 'swept', `${name}.tmpl`).fsPath;
      assert.equal(await readFile(path, 'utf8'), template);
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor && document.getText(editor.selection), 'your-program');
    });
  }

  it('overwrites nothing', async () => {
    await swept('swept/again.json', '{"lr": |1}');
    const second = await swept('swept/again.json', '{"lr": |1}');
    assert.equal(basename(second.uri.fsPath), 'again-2.sweep.yaml');
    assert.match(second.getText(), /again\.json-2\.tmpl/);
  });

  it('makes a command of a launch configuration', async () => {
    const document = await swept(
      '.vscode/launch.json',
      '{"configurations": [{"name": "Train it", "type": "node", "program": "${workspaceFolder}/train.js", "args": ["--lr", "0.|1"]}]}',
    );
    assert.equal(basename(document.uri.fsPath), 'Train-it.sweep.yaml');
    const { runnable } = await loadSweepFile(document.uri.fsPath);
    assert.deepEqual(runnable?.file.cmd, ['node', `${workspaceFolder().fsPath}/train.js`, '--lr', '${lr}']);
  });
});
