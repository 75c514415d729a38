import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Mention, mentionAt } from '../language/mentions.ts';
import { renameParameter } from '../language/rename.ts';
import type { Analyses } from './analysis.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';
import { understand } from './understanding.ts';

/** Goes to where a parameter is defined, lists where it is used, and renames it. */
export function createParameterSupport(analyses: Analyses): vscode.Disposable {
  const mentionsOf = (document: vscode.TextDocument, position: vscode.Position) => {
    const { mentions } = understand(document, analyses);
    const at = mentionAt(mentions, document.offsetAt(position));
    return { at, all: at === undefined ? [] : mentions.filter(({ name }) => name === at.name), mentions };
  };
  const locations = (document: vscode.TextDocument, found: readonly Mention[]) =>
    found.map(({ range }) => new vscode.Location(document.uri, rangeIn(document, range)));
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(sweepFileSelector, {
      provideDefinition: (document, position) =>
        locations(
          document,
          mentionsOf(document, position).all.filter(({ kind }) => kind === 'definition'),
        ),
    }),
    vscode.languages.registerReferenceProvider(sweepFileSelector, {
      provideReferences: (document, position, { includeDeclaration }) =>
        locations(
          document,
          mentionsOf(document, position).all.filter(({ kind }) => includeDeclaration || kind === 'use'),
        ),
    }),
    vscode.languages.registerDocumentHighlightProvider(sweepFileSelector, {
      provideDocumentHighlights: (document, position) =>
        mentionsOf(document, position).all.map(
          ({ range, kind }) =>
            new vscode.DocumentHighlight(
              rangeIn(document, range),
              kind === 'definition' ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read,
            ),
        ),
    }),
    vscode.languages.registerRenameProvider(sweepFileSelector, {
      prepareRename: (document, position) => {
        const { at } = mentionsOf(document, position);
        if (at === undefined) throw new Error(t('Only parameters can be renamed.'));
        return rangeIn(document, at.range);
      },
      provideRenameEdits: (document, position, newName) => {
        const { at, mentions } = mentionsOf(document, position);
        if (at === undefined) return undefined;
        const { edits, problem } = renameParameter(document.getText(), mentions, at, newName);
        if (edits === undefined) throw new Error(problem);
        const workspaceEdit = new vscode.WorkspaceEdit();
        for (const { range, text } of edits)
          workspaceEdit.replace(document.uri, rangeIn(document, range), text);
        return workspaceEdit;
      },
    }),
  );
}
