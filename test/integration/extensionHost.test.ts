import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('has a fresh copy of the test workspace open', async () => {
    const files = await vscode.workspace.findFiles('*.sweep.yaml');
    assert.deepEqual(
      files.map((file) => vscode.workspace.asRelativePath(file)),
      ['lander.sweep.yaml'],
    );
  });

  it('runs the extension where the files are', () => {
    const extension = vscode.extensions.getExtension('multirun.multirun');
    assert.equal(extension?.extensionKind, vscode.ExtensionKind.Workspace);
  });

  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('multirun.multirun');
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
