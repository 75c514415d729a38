import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import {
  type KnownParameter,
  type Suggestion,
  type Suggestions,
  suggestionsAt,
} from '../language/completion.ts';
import { addedParameters, parameterText } from '../language/parameterText.ts';
import type { Analyses } from './analysis.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';
import { understand } from './understanding.ts';

/** Suggests what may be written in a sweep file. */
export function createCompletion(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    sweepFileSelector,
    {
      provideCompletionItems: async (document, position) => {
        const found = suggestionsAt(document.getText(), document.offsetAt(position), () =>
          knownParameters(document, analyses),
        );
        if (found === undefined) return undefined;
        const hasYaml = vscode.extensions.getExtension(yamlExtension) !== undefined;
        const own = found.items.filter(({ kind }) => !hasYaml || kind === 'parameter');
        const items = own.map((suggestion, rank) => toVscode(document, suggestion, found, rank));
        return [...items, ...(await fileItems(document, found.files))];
      },
    },
    ...['{', '.', ' ', '/', '"', "'"],
  );
}

/** The last text that could be understood tells the names while the one that is being typed cannot. */
const lastNames = new WeakMap<vscode.TextDocument, KnownParameter[]>();

function knownParameters(document: vscode.TextDocument, analyses: Analyses): KnownParameter[] {
  const { parsed, root } = understand(document, analyses);
  const names = new Set(parsed.parameters.map(({ name }) => name));
  const hasReplicates = root?.kind === 'map' && root.entries.has('replicates');
  const found = [
    ...[...names].map((name) => ({ name, documentation: parameterText(name, parsed.parameters) })),
    ...addedParameters(hasReplicates),
  ];
  if (found.length > 0) lastNames.set(document, found);
  return found.length > 0 ? found : (lastNames.get(document) ?? []);
}

/** Suggests keys and values from the JSON Schema by itself. */
const yamlExtension = 'redhat.vscode-yaml';

const kinds: Record<Suggestion['kind'], vscode.CompletionItemKind> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  example: vscode.CompletionItemKind.Value,
  parameter: vscode.CompletionItemKind.Variable,
};

function toVscode(
  document: vscode.TextDocument,
  suggestion: Suggestion,
  { typed, word }: Suggestions,
  rank: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(suggestion.label, kinds[suggestion.kind]);
  item.insertText = suggestion.isSnippet ? new vscode.SnippetString(suggestion.insert) : suggestion.insert;
  item.range = { inserting: rangeIn(document, typed), replacing: rangeIn(document, word) };
  item.sortText = String(rank).padStart(5, '0');
  if (suggestion.documentation !== '')
    item.documentation = new vscode.MarkdownString(suggestion.documentation);
  if (suggestion.goesOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

async function fileItems(
  document: vscode.TextDocument,
  files: Suggestions['files'],
): Promise<vscode.CompletionItem[]> {
  if (files === undefined) return [];
  const folder = vscode.Uri.file(resolve(dirname(document.uri.fsPath), files.folder));
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    // While a path is being typed, its folder may well not exist.
    () => [],
  );
  const own = document.uri.path.split('/').at(-1);
  return entries
    .filter(([name]) => !name.startsWith('.') && !(files.folder === '' && name === own))
    .map(([name, type]) => {
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      const kind = isFolder ? vscode.CompletionItemKind.Folder : vscode.CompletionItemKind.File;
      const item = new vscode.CompletionItem(isFolder ? `${name}/` : name, kind);
      item.range = { inserting: rangeIn(document, files.typed), replacing: rangeIn(document, files.word) };
      // Before what the language has to say, files before folders.
      item.sortText = `!${isFolder ? 1 : 0}${name}`;
      if (isFolder) item.command = { command: 'editor.action.triggerSuggest', title: '' };
      return item;
    });
}
