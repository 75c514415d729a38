import * as vscode from 'vscode';
import { readUnfinishedYaml } from '../../core/sweepFile/readYaml.ts';
import { schemaHover } from '../language/hover.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';

/** Tells what a thing in a sweep file means when the mouse rests on it. */
export function createHovers(): vscode.Disposable {
  return vscode.languages.registerHoverProvider(sweepFileSelector, {
    provideHover: (document, position) => {
      const root = readUnfinishedYaml(document.getText());
      const found = root && schemaHover(root, document.offsetAt(position));
      return (
        found && new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeIn(document, found.range))
      );
    },
  });
}
