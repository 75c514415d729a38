import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Region } from '../../core/refine/region.ts';
import { refineSweep } from '../../core/refineSweep.ts';
import type { RunTarget } from './targets.ts';

/** Writes a new sweep file for the region of some runs of one sweep, and opens it. */
export async function newSweepFromRuns(
  targets: readonly RunTarget[],
  marked: ReadonlyMap<string, Region>,
): Promise<void> {
  const [first] = targets;
  if (first === undefined) return;
  if (targets.some(({ view }) => view !== first.view)) {
    await vscode.window.showInformationMessage(
      t('Select runs of a single sweep: each has a file of its own.'),
    );
    return;
  }
  const path = await refineSweep(
    first.view,
    targets.map(({ run }) => run),
    marked,
  );
  await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
}
