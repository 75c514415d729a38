import * as vscode from 'vscode';
import type { Multirun } from '../../src/extension/activate.ts';
import type { TreeNode } from '../../src/extension/tree/nodes.ts';

type Provider = vscode.TreeDataProvider<TreeNode>;

/** The extension, once it is active. */
export async function multirun(): Promise<Multirun> {
  const extension = vscode.extensions.getExtension<Multirun>('multirun.multirun');
  if (extension === undefined) throw new Error('The extension is not installed.');
  return extension.activate();
}

/** The tree's data, once the extension is active. */
export async function treeData(): Promise<Provider> {
  return (await multirun()).tree.provider;
}

/** A row of the tree. */
export interface Row {
  readonly node: TreeNode;
  readonly item: vscode.TreeItem;
  /** Label and description. */
  readonly text: string;
}

/** The rows below a row, or the topmost ones. */
export async function rowsBelow(provider: Provider, node?: TreeNode): Promise<Row[]> {
  const children = (await provider.getChildren(node)) ?? [];
  return Promise.all(
    children.map(async (child) => {
      const item = await provider.getTreeItem(child);
      return { node: child, item, text: `${item.label} ${item.description}` };
    }),
  );
}

/** Waits until the tree has a topmost row whose text matches. */
export function rowOf(provider: Provider, text: RegExp): Promise<Row> {
  return until(provider.onDidChangeTreeData, async () =>
    (await rowsBelow(provider)).find((row) => text.test(row.text)),
  );
}

/** What `look` finds: now, or after one of the events. The test's own time limit ends a wait that is in vain. */
export function until<T>(
  event: vscode.Event<unknown> | undefined,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = async () => {
      try {
        const found = await look();
        if (found === undefined) return;
        subscription?.dispose();
        resolve(found);
      } catch (error) {
        subscription?.dispose();
        reject(error);
      }
    };
    const subscription = event?.(() => void check());
    void check();
  });
}

/** The absolute path of the workspace. */
export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests run in a workspace.');
  return folder.uri;
}
