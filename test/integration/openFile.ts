import { strict as assert } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { workspaceFolder } from './rows.ts';

/** Writes a file of the workspace and shows it in an editor. */
export async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Replaces a document's text without saving it. */
export async function type(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** Opens a file of the workspace whose text has a "|" where the cursor is; the file has no "|". */
export async function openAt(
  name: string,
  marked: string,
): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const offset = marked.indexOf('|');
  const document = await open(name, marked.slice(0, offset) + marked.slice(offset + 1));
  return { document, position: document.positionAt(offset) };
}
