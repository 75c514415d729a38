import * as vscode from 'vscode';
import { readUnfinishedYaml } from '../../core/sweepFile/readYaml.ts';
import { type OutlineEntry, outlineOf } from '../language/outline.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';

/** Lists the parts of a sweep file: in the outline, in the breadcrumbs, and where a person goes to a symbol. */
export function createOutline(): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(sweepFileSelector, {
    provideDocumentSymbols: (document) => {
      const root = readUnfinishedYaml(document.getText());
      return root === undefined ? [] : outlineOf(root).map((entry) => toVscode(document, entry));
    },
  });
}

const kinds: Record<OutlineEntry['kind'], vscode.SymbolKind> = {
  mapping: vscode.SymbolKind.Module,
  list: vscode.SymbolKind.Array,
  text: vscode.SymbolKind.String,
  number: vscode.SymbolKind.Number,
  boolean: vscode.SymbolKind.Boolean,
  null: vscode.SymbolKind.Null,
};

function toVscode(document: vscode.TextDocument, entry: OutlineEntry): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    entry.name === '' ? '""' : entry.name,
    entry.detail,
    kinds[entry.kind],
    rangeIn(document, entry.range),
    rangeIn(document, entry.nameRange),
  );
  symbol.children = entry.children.map((child) => toVscode(document, child));
  return symbol;
}
