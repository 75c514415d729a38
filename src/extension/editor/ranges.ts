import * as vscode from 'vscode';
import type { TextRange } from '../../core/diagnostic.ts';

/** A range of offsets as the editor counts: lines and columns. */
export function rangeIn(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
