import { nodeId, type TreeNode } from './nodes.ts';

/** Keeps one object for each row, since VS Code knows rows by identity. */
export interface NodeStore {
  /** The row's one object: the one given the first time. */
  same<T extends TreeNode>(node: T): T;
  /** The row's one object if it was ever asked for. */
  known(node: TreeNode): TreeNode | undefined;
  /** Lets go of the rows of all sweeps but these. */
  keepOnly(directories: ReadonlySet<string>): void;
}

/** Makes an empty store. */
export function createNodeStore(): NodeStore {
  const byDirectory = new Map<string, Map<string, TreeNode>>();
  return {
    same: <T extends TreeNode>(node: T): T => {
      let nodes = byDirectory.get(node.directory);
      if (nodes === undefined) {
        nodes = new Map();
        byDirectory.set(node.directory, nodes);
      }
      const id = nodeId(node);
      const known = nodes.get(id);
      if (known !== undefined) return known as T;
      nodes.set(id, node);
      return node;
    },
    known: (node) => byDirectory.get(node.directory)?.get(nodeId(node)),
    keepOnly: (directories) => {
      for (const directory of byDirectory.keys()) {
        if (!directories.has(directory)) byDirectory.delete(directory);
      }
    },
  };
}
