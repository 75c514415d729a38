import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { recordedSweep } from '../rig/recordedSweep.ts';
import { open, type } from './openFile.ts';
import { multirun, treeData, until, workspaceFolder } from './rows.ts';

/** The problems of a document, once they have these codes. */
function problems(document: vscode.TextDocument, ...codes: string[]): Promise<vscode.Diagnostic[]> {
  return until(vscode.languages.onDidChangeDiagnostics, () => {
    const own = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'multirun');
    return own.map(({ code }) => code).join() === codes.join() ? own : undefined;
  });
}

async function lenses(document: vscode.TextDocument, first: RegExp): Promise<string[]> {
  for (;;) {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const titles = found.map(({ command }) => command?.title ?? '');
    if (first.test(titles[0] ?? '')) return titles;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const good = 'cmd: [echo, "${rate}"]\nparameters:\n  rate: [1, 2, 3]\n';

describe('an open sweep file', () => {
  it('has its problems underlined where they are, as they are typed', async () => {
    await treeData();
    const document = await open('editor/typed.sweep.yaml', good);
    await type(document, good.replace('parameters', 'parametres'));
    const [first] = await problems(document, 'unknown-key');
    assert.equal(document.isDirty, true);
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(first.range), 'parametres');

    await type(document, good.replace('rate}', 'ratte}'));
    const [name] = await problems(document, 'unknown-parameter');
    assert.equal(name && document.getText(name.range), '${ratte}');

    await type(document, good);
    await problems(document);
  });

  it('offers what a mistyped word could be replaced with', async () => {
    const document = await open('editor/fixed.sweep.yaml', good.replace('parameters', 'parametres'));
    await problems(document, 'unknown-key');
    const range = new vscode.Range(1, 0, 1, 5);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    const action = actions.find(({ title }) => title.includes('parameters'));
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), good);
  });

  it('says above its first line what it would run', async () => {
    const document = await open('editor/lens.sweep.yaml', good);
    const titles = await lenses(document, /Run 3 runs/);
    assert.deepEqual(titles, ['$(play)\u00a0Run 3 runs', 'Preview', '3 values']);
    await type(document, 'cmd: 1\n');
    const broken = await lenses(document, /problem/);
    assert.match(broken[0] ?? '', /problems? to solve before it runs/);
  });

  it('shows its runs in a preview that follows the typing', async () => {
    const { previews } = await multirun();
    const document = await open('editor/preview.sweep.yaml', good);
    await vscode.commands.executeCommand('multirun.previewPlan', document.uri);
    const headline = (text: string) =>
      until(previews.onDidTell, () => previews.plan(document.uri)?.headline === text || undefined);
    await headline('3 runs');
    await type(document, good.replace('3]', '3, 4]'));
    await headline('4 runs');
    await type(document, good.replace('rate}', 'ratte}'));
    await until(previews.onDidTell, () => previews.plan(document.uri)?.problems.length || undefined);
    assert.equal(previews.plan(document.uri)?.headline, '4 runs');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(previews.plan(document.uri), undefined);
  });

  it('is compared in its preview with its last sweep', async () => {
    const { previews, launcher } = await multirun();
    const document = await open('editor/compared.sweep.yaml', good);
    const ended = new Promise((resolve) => launcher.onDidEnd(resolve));
    await launcher.launch(await loadSweepFile(document.uri.fsPath), new AbortController().signal);
    await ended;
    await type(document, good.replace('[1, 2, 3]', '[2, 3, 4, 5]'));
    await vscode.commands.executeCommand('multirun.previewPlan', document.uri);
    const counts = () =>
      previews
        .plan(document.uri)
        ?.filters.map(({ count }) => count)
        .join(' ');
    await until(previews.onDidTell, () => counts() === '4 +2 −1 2' || undefined);
  });

  it('is a mere record in the directory of a sweep', async () => {
    const directory = await recordedSweep(workspaceFolder().fsPath, 'record', [{ params: { rate: 1 } }]);
    const name = vscode.workspace.asRelativePath(
      vscode.Uri.joinPath(vscode.Uri.file(directory), 'sweep.yaml'),
    );
    const document = await open(name, 'cmd: [gone.sh]\ninput_files: [gone.sh]\n');
    assert.deepEqual(await lenses(document, /Record/), ['Record of a sweep', 'Run the original']);
    await problems(document);
  });
});
