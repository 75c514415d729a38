import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Region } from '../../core/refine/region.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyst } from '../failures/analyst.ts';
import type { RowMenuContext } from '../results/protocol.ts';
import type { Catalogue } from '../sweeps/catalogue.ts';
import { escapeIcons, oneLine } from '../text/format.ts';
import { sweepDescription } from '../tree/labels.ts';
import type { TreeNode } from '../tree/nodes.ts';
import { runsOfRow } from '../tree/rowRuns.ts';
import type { SweepTree } from '../tree/sweepTree.ts';

/** A run that a command is about. */
export interface RunTarget {
  readonly view: SweepView;
  readonly run: number;
}

/** Finds what a command is about. Its arguments come from VS Code: the row it was called on, and the selected rows. */
export interface Targets {
  /** The runs among the rows. */
  runs(node: unknown, selection: unknown): RunTarget[];
  /** The sweeps among the rows; without any row, the one that suits, or the one of several that a person chooses. */
  sweeps(node: unknown, selection: unknown, suits: (view: SweepView) => boolean): Promise<SweepView[]>;
  /** What a person has marked in a plot beside selecting runs, by the names of parameters. */
  marked(node: unknown): ReadonlyMap<string, Region>;
  /** The directories of the rows' sweeps, those included that cannot be read. */
  directories(node: unknown, selection: unknown): string[];
}

/** What the key bindings of package.json give as a command's argument, since VS Code does not tell them the row. */
const selectionArgument = 'selection';

/** What the targets of commands are found in. */
export interface TargetSource {
  readonly catalogue: Catalogue;
  readonly tree: SweepTree;
  readonly analyst: Analyst;
}

/** Makes what finds the targets of commands. */
export function createTargets({ catalogue, tree, analyst }: TargetSource): Targets {
  const rows = (node: unknown, selection: unknown): readonly TreeNode[] => {
    if (node === selectionArgument) return tree.selection();
    if (isRowMenuContext(node)) return nodesOf(node);
    const nodes = Array.isArray(selection) ? selection.filter(isTreeNode) : [];
    if (nodes.length > 0) return nodes;
    return isTreeNode(node) ? [node] : [];
  };
  const directories = (node: unknown, selection: unknown) => [
    ...new Set(rows(node, selection).map(({ directory }) => directory)),
  ];
  return {
    directories,
    marked: (node) => new Map(isRowMenuContext(node) ? node.multirunMarked : []),
    runs: (node, selection) =>
      rows(node, selection).flatMap((row) => {
        const view = catalogue.view(row.directory);
        return view === undefined ? [] : runsOfRow(row, analyst).map((run) => ({ view, run }));
      }),
    sweeps: async (node, selection, suits) => {
      const known = rows(node, selection);
      if (known.length > 0 || node === selectionArgument) {
        return known.flatMap(({ kind, directory }) => (kind === 'sweep' && catalogue.view(directory)) || []);
      }
      const picked = await pickSweep(catalogue, suits);
      return picked === undefined ? [] : [picked];
    },
  };
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'directory' in value;
}

function isRowMenuContext(value: unknown): value is RowMenuContext {
  return typeof value === 'object' && value !== null && 'multirunRuns' in value;
}

function nodesOf({ multirunRuns }: RowMenuContext): TreeNode[] {
  return multirunRuns.flatMap(({ directory, runs }) =>
    runs.map((run) => ({ kind: 'run', directory, run }) as const),
  );
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
  if (items.length === 1) return items[0]?.view;
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: t('Choose a sweep'),
    matchOnDetail: true,
  });
  return picked?.view;
}
