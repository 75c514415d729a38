import { strict as assert } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openAt } from './openFile.ts';
import { treeData, until, workspaceFolder } from './rows.ts';

async function suggested(name: string, marked: string): Promise<string[]> {
  await treeData();
  const { document, position } = await openAt(name, marked);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  // VS Code itself offers every word of the text.
  return items
    .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
    .sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function hovered(name: string, marked: string): Promise<string> {
  await treeData();
  const { document, position } = await openAt(name, marked);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

describe('while a sweep file is written', () => {
  it('its keys and their values are suggested', async () => {
    assert.equal((await suggested('language/keys.sweep.yaml', '|'))[0], 'cmd');
    assert.deepEqual(await suggested('language/nested.sweep.yaml', 'runner:\n  |'), ['type', 'max_parallel']);
    const methods = await suggested('language/values.sweep.yaml', 'cmd: [a]\nmethod: |\n');
    assert.ok(methods.includes('zip'));
  });

  it('its inputs are suggested from the files beside it', async () => {
    const folder = vscode.Uri.joinPath(workspaceFolder(), 'language', 'inputs').fsPath;
    await mkdir(`${folder}/data`, { recursive: true });
    await writeFile(`${folder}/lander.py`, '');
    await writeFile(`${folder}/data/terrain.csv`, '');
    const here = await suggested('language/inputs/files.sweep.yaml', 'input_files:\n  - |\n');
    assert.deepEqual(here, ['lander.py', 'data/', 'path', 'linkage', 'rename']);
    const below = await suggested('language/inputs/below.sweep.yaml', 'input_files: [data/|]\n');
    assert.deepEqual(below, ['terrain.csv']);
  });

  it('its keys are explained', async () => {
    const text = await hovered('language/hover.sweep.yaml', 'cmd: [a]\nmeth|od: zip\n');
    assert.match(text, /\*\*method\*\*\n\nHow the values become runs/);
  });

  it('its parts are listed', async () => {
    const { document } = await openAt(
      'language/outline.sweep.yaml',
      'cmd: [a]\nparameters:\n  mass: [1, 2]\n|',
    );
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const names = symbols.map(({ name }) => name);
    assert.deepEqual([...names].sort(), ['cmd', 'parameters']);
    const parameters = symbols.find(({ name }) => name === 'parameters');
    assert.equal(parameters?.children[0]?.name, 'mass');
  });

  it('its parameters are suggested, explained, found and renamed', async () => {
    const study = 'cmd: [a, "${mass}"]\nparameters:\n  mass: [1, 2]\nderived: {half: mass / 2.0}\n';
    assert.deepEqual(
      (await suggested('language/names.sweep.yaml', study.replace('${mass}', '${|}'))).slice(0, 2),
      ['mass', 'half'],
    );
    assert.match(await hovered('language/value.sweep.yaml', study.replace('${mass', '${ma|ss')), /2 values/);
    const { document, position } = await openAt(
      'language/rename.sweep.yaml',
      study.replace('${mass', '${ma|ss'),
    );
    const [definition] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      position,
    );
    assert.equal(definition?.range.start.line, 2);
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      position,
    );
    assert.equal(references.length, 3);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      position,
      'weight',
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), study.replaceAll('mass', 'weight'));
  });

  it('what it takes from parameters is coloured', async () => {
    const { document } = await openAt(
      'language/colours.sweep.yaml',
      'cmd: [a, "${m}"]\nparameters: {m: [1]}\n|',
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    // Five numbers a token: "${", "m" and "}", and the parameter's own name.
    assert.equal(tokens.data.length, 4 * 5);
    assert.deepEqual([...tokens.data.slice(0, 3)], [0, 10, 2]);
  });

  it('a parameter that is missing is added', async () => {
    const { document, position } = await openAt(
      'language/fix.sweep.yaml',
      'cmd: [a, "${th|rust}"]\nparameters: {m: [1]}\n',
    );
    await until(vscode.languages.onDidChangeDiagnostics, () =>
      vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined,
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(position, position),
    );
    const action = actions.find(({ title }) => title === 'Add the parameter “thrust”');
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(document.getText(), /\{m: \[1\], thrust: \[\]\}/);
  });
});
