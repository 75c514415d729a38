import type { ASTNode } from '@marcbachmann/cel-js';

/** The functions that look at each item of a list; their first argument names the item. */
const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** A call that looks at each item of a list. */
export interface Comprehension {
  readonly name: string;
  readonly list: ASTNode;
  /** What an item is called in {@link Comprehension.bodies}. */
  readonly variable: string;
  readonly bodies: readonly ASTNode[];
}

/** The comprehension that a node is, or undefined. */
export function comprehensionOf(node: ASTNode): Comprehension | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, list, [variable, ...bodies]] = node.args;
  if (!macros.has(name) || variable?.op !== 'id' || bodies.length === 0) return undefined;
  return { name, list, variable: variable.args, bodies };
}

/** The nodes right below a node, in the order of the text. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args as readonly ASTNode[];
  }
}

/** A name in an expression, with the fields that follow it: `opt.lr` is `['opt', 'lr']`. */
export interface NamePath {
  readonly path: readonly string[];
  /** Where each prefix of the path ends: offsets in the expression. */
  readonly ends: readonly number[];
  readonly start: number;
  /** The node of the first name of the path. */
  readonly root: ASTNode;
}

/** Every name that an expression takes from outside, as often as it stands there; items of lists are no such names. */
export function namesIn(root: ASTNode): NamePath[] {
  const found: NamePath[] = [];
  const visit = (node: ASTNode, bound: ReadonlySet<string>): void => {
    const name = namePathOf(node);
    if (name !== undefined) {
      if (!bound.has(name.path[0] as string)) found.push(name);
      return;
    }
    const comprehension = comprehensionOf(node);
    if (comprehension === undefined) {
      for (const child of childrenOf(node)) visit(child, bound);
      return;
    }
    visit(comprehension.list, bound);
    const inner = new Set(bound).add(comprehension.variable);
    for (const body of comprehension.bodies) visit(body, inner);
  };
  visit(root, new Set());
  return found;
}

function namePathOf(node: ASTNode): NamePath | undefined {
  if (node.op === 'id') {
    return { path: [node.args], ends: [node.range.end], start: node.range.start, root: node };
  }
  if (node.op !== '.') return undefined;
  const owner = namePathOf(node.args[0]);
  if (owner === undefined) return undefined;
  return { ...owner, path: [...owner.path, node.args[1]], ends: [...owner.ends, node.range.end] };
}
