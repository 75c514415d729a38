import * as vscode from 'vscode';
import { schemaHover } from '../language/hover.ts';
import { mentionAt } from '../language/mentions.ts';
import { parameterText } from '../language/parameterText.ts';
import type { Analyses } from './analysis.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';
import { understand } from './understanding.ts';

/** Tells what a thing in a sweep file means when the mouse rests on it. */
export function createHovers(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(sweepFileSelector, {
    provideHover: (document, position) => {
      const { parsed, root, mentions } = understand(document, analyses);
      const offset = document.offsetAt(position);
      const at = mentionAt(mentions, offset);
      const found =
        at === undefined
          ? root && schemaHover(root, offset)
          : { markdown: parameterText(at.name, parsed.parameters), range: at.range };
      return (
        found && new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeIn(document, found.range))
      );
    },
  });
}
