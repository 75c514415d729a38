import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { escapeIcons, oneLine } from '../text/format.ts';
import { sweepDescription } from '../tree/labels.ts';
import type { RunNode, TreeNode } from '../tree/nodes.ts';

/** A run that a command is about. */
export interface RunTarget {
  readonly view: SweepView;
  readonly run: number;
}

/** The runs that a command is about: the tree's selection when the command was called on a part of it. */
export function runTargets(catalogue: Catalogue, node: unknown, selection: unknown): RunTarget[] {
  return selected(node, selection)
    .filter((target): target is RunNode => target.kind === 'run')
    .flatMap(({ directory, run }) => {
      const view = catalogue.view(directory);
      return view === undefined ? [] : [{ view, run }];
    });
}

/** The directories of the sweeps that a command is about: from the tree, or asked for, newest first. */
export async function sweepTargets(
  catalogue: Catalogue,
  node: unknown,
  selection: unknown,
  suits: (view: SweepView) => boolean,
): Promise<SweepView[]> {
  const directories = [...new Set(selected(node, selection).map(({ directory }) => directory))];
  if (directories.length > 0) return directories.flatMap((directory) => catalogue.view(directory) ?? []);
  const picked = await pickSweep(catalogue, suits);
  return picked === undefined ? [] : [picked];
}

function selected(node: unknown, selection: unknown): TreeNode[] {
  const nodes = Array.isArray(selection) ? selection.filter(isTreeNode) : [];
  if (nodes.length > 0) return nodes;
  return isTreeNode(node) ? [node] : [];
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'directory' in value;
}

async function pickSweep(
  catalogue: Catalogue,
  suits: (view: SweepView) => boolean,
): Promise<SweepView | undefined> {
  await catalogue.ready;
  const items = catalogue.entries().flatMap((entry) =>
    entry.kind === 'sweep' && suits(entry.view)
      ? [
          {
            view: entry.view,
            label: escapeIcons(oneLine(entry.view.header.name, 80)),
            description: sweepDescription(entry.view, new Date(), vscode.env.language),
            detail: escapeIcons(vscode.workspace.asRelativePath(entry.directory)),
          },
        ]
      : [],
  );
  if (items.length === 0) {
    await vscode.window.showInformationMessage(
      t('There is no sweep in this workspace that this could be done with.'),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: t('Choose a sweep'),
    matchOnDetail: true,
  });
  return picked?.view;
}
