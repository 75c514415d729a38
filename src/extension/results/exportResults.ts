import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { readResults } from '../../core/exportResults.ts';
import { type ExportFormat, exportFormats, exportTable } from '../../core/resultsTable/export/exportTable.ts';
import { groupsCsvPieces } from '../../core/resultsTable/export/groupsCsv.ts';
import { rowOf } from '../../core/resultsTable/table.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { readSettings } from '../settings.ts';
import type { RunRef } from './protocol.ts';

/** What of the results is exported. */
export interface Exported {
  /** Which runs, in which order; all of them where it is left out. */
  readonly runs?: readonly RunRef[];
  /** The keys of the columns by which the runs stand in groups; none where they stand one by one. */
  readonly groupedBy?: readonly string[];
}

/** A file of the groups rather than of the runs. */
const groups = 'groups';
type Format = ExportFormat | typeof groups;

/** Exports results to a file that a person names. */
export async function exportResults(
  views: readonly SweepView[],
  { runs, groupedBy = [] }: Exported = {},
): Promise<void> {
  const [first] = views;
  if (first === undefined) return;
  const format = await pickFormat(groupedBy.length > 0);
  if (format === undefined) return;
  const ending = endingOf(format);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? first.directory;
  const uri = await vscode.window.showSaveDialog({
    title: t('Export Results'),
    defaultUri: vscode.Uri.file(
      join(folder, `${first.header.name}${format === groups ? ' groups' : ''}.${ending}`),
    ),
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
    const chosen = { ...source, rows };
    const keys = groupedBy.flatMap((key) => table.columns.get(key) ?? []);
    const pieces =
      format === groups ? groupsCsvPieces(chosen, keys, options) : exportTable(format, chosen, options);
    for (const piece of gathered(pieces)) await file.appendFile(piece);
  } finally {
    await file.close();
  }
  const openIt = t('Open');
  const answer = await vscode.window.showInformationMessage(
    format === groups
      ? t('Exported the groups of {0} runs to {1}.', rows.length, basename(uri.fsPath))
      : t('Exported {0} runs to {1}.', rows.length, basename(uri.fsPath)),
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

async function pickFormat(isGrouped: boolean): Promise<Format | undefined> {
  const names = formatNames();
  const single = Object.keys(exportFormats) as ExportFormat[];
  const formats: readonly Format[] = isGrouped ? [groups, ...single] : single;
  const items = formats.map((format) => ({
    format,
    label: names[format],
    description: `.${endingOf(format)}`,
    detail: format === groups ? t('A line for each group: mean, standard deviation, minimum, maximum') : '',
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t('Export results as') });
  return picked?.format;
}

function endingOf(format: Format): string {
  return exportFormats[format === groups ? 'csv' : format];
}

function formatNames(): Readonly<Record<Format, string>> {
  return {
    groups: t('Groups as CSV'),
    csv: 'CSV',
    json: 'JSON',
    jsonl: 'JSON Lines',
    parquet: 'Parquet',
    markdown: t('Markdown table'),
    joblog: t('GNU parallel job log'),
  };
}
