import type * as vscode from 'vscode';
import { type ParsedSweepFile, parseSweepFile } from '../../core/sweepFile/parseSweepFile.ts';
import { readUnfinishedYaml } from '../../core/sweepFile/readYaml.ts';
import type { SourceNode } from '../../core/sweepFile/source.ts';
import { type Mention, mentionsIn } from '../language/mentions.ts';
import type { Analyses } from './analysis.ts';

/** A document's text, understood as it is now. */
export interface Understanding {
  readonly parsed: ParsedSweepFile;
  /** Undefined for a text that means nothing at all. */
  readonly root: SourceNode | undefined;
  readonly mentions: readonly Mention[];
}

const known = new WeakMap<vscode.TextDocument, Understanding & { readonly version: number }>();

/** Understands a document; at once, and once for each of its versions. */
export function understand(document: vscode.TextDocument, analyses: Analyses): Understanding {
  const earlier = known.get(document);
  const { version } = document;
  const analysis = analyses.get(document.uri);
  // An analysis has read the files that values come from.
  const analysed =
    analysis?.kind === 'sweep-file' && analysis.version === version ? analysis.loaded.parsed : undefined;
  if (earlier?.version === version && (analysed === undefined || earlier.parsed === analysed)) return earlier;
  const text = document.getText();
  const parsed = analysed ?? parseSweepFile(text, { path: document.uri.fsPath });
  const root = readUnfinishedYaml(text);
  const understood = { version, parsed, root, mentions: mentionsIn(text, parsed, root) };
  known.set(document, understood);
  return understood;
}
