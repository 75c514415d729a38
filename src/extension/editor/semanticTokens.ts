import * as vscode from 'vscode';
import { tokensOf, tokenTypes } from '../language/tokens.ts';
import type { Analyses } from './analysis.ts';
import { rangeIn } from './ranges.ts';
import { sweepFileSelector } from './sweepFiles.ts';
import { understand } from './understanding.ts';

const legend = new vscode.SemanticTokensLegend([...tokenTypes], ['declaration']);

/** Colours `${…}` and the names of parameters. Other YAML files are left alone, as a grammar could not. */
export function createSemanticTokens(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    sweepFileSelector,
    {
      provideDocumentSemanticTokens: (document) => {
        const { parsed, root, mentions } = understand(document, analyses);
        const builder = new vscode.SemanticTokensBuilder(legend);
        for (const { range, type, isDefinition } of tokensOf(document.getText(), parsed, root, mentions)) {
          builder.push(rangeIn(document, range), type, isDefinition ? ['declaration'] : []);
        }
        return builder.build();
      },
    },
    legend,
  );
}
