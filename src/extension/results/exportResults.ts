import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readResults } from '../../core/exportResults.ts';
import { type ExportFormat, exportFormats, exportTable } from '../../core/resultsTable/export/exportTable.ts';
import { rowOf } from '../../core/resultsTable/table.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { readSettings } from '../settings.ts';
import type { RunRef } from './protocol.ts';

/** Exports results to a file that a person names; `runs` says which and in which order, all of them where it is left out. */
export async function exportResults(views: readonly SweepView[], runs?: readonly RunRef[]): Promise<void> {
  const [first] = views;
  if (first === undefined) return;
  const format = await pickFormat();
  if (format === undefined) return;
  const ending = exportFormats[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? first.directory;
  const uri = await vscode.window.showSaveDialog({
    title: t('Export Results'),
    defaultUri: vscode.Uri.file(join(folder, `${first.header.name}.${ending}`)),
    filters: { [formatNames()[format]]: [ending] },
  });
  if (uri === undefined) return;
  const { table, source } = await readResults(views, Date.now());
  const rows =
    runs === undefined
      ? source.rows
      : Uint32Array.from(runs.flatMap(({ sweep, run }) => rowOf(table, sweep, run) ?? []));
  // The dialog has asked before it lets a person choose a file that exists.
  const file = await open(uri.fsPath, 'w');
  try {
    const options = { escapeFormulas: readSettings.escapeFormulas() };
    for (const piece of gathered(exportTable(format, { ...source, rows }, options)))
      await file.appendFile(piece);
  } finally {
    await file.close();
  }
  const openIt = t('Open');
  const answer = await vscode.window.showInformationMessage(
    t('Exported {0} runs to {1}.', rows.length, basename(uri.fsPath)),
    openIt,
  );
  if (answer === openIt) await vscode.commands.executeCommand('vscode.open', uri);
}

/** A write for each of many small pieces would take long; one for all would block the editor. In characters. */
const written = 64 << 10;

function* gathered(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < written) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

async function pickFormat(): Promise<ExportFormat | undefined> {
  const names = formatNames();
  const items = (Object.keys(exportFormats) as ExportFormat[]).map((format) => ({
    format,
    label: names[format],
    description: `.${exportFormats[format]}`,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Export results as') });
  return picked?.format;
}

function formatNames(): Readonly<Record<ExportFormat, string>> {
  return {
    csv: 'CSV',
    json: 'JSON',
    jsonl: 'JSON Lines',
    parquet: 'Parquet',
    markdown: t('Markdown table'),
    joblog: t('GNU parallel job log'),
  };
}
