import type { ASTNode } from '@marcbachmann/cel-js';
import { childrenOf, comprehensionOf } from './walk.ts';

/** How large a value can be: how many items it has, and how much each of them can hold. */
export interface Extent {
  /** The most items of the value, or of any list or mapping within it. 0 for texts and numbers. */
  readonly items: number;
  /** The most that one item can hold, counted as {@link totalOf} does. Of a text: its length. */
  readonly each: number;
}

/** An upper bound of what a value holds: characters and items, however deep. */
export function totalOf({ items, each }: Extent): number {
  return items === 0 ? each : items * (each + 1);
}

const scalar: Extent = { items: 0, each: 1 };
/** The longest text that a number is written as, and more than any other conversion adds. */
const longestConversion = 32;

interface Bound extends Extent {
  /** How many steps it takes at most. */
  readonly steps: number;
}

/**
 * How large an expression's value can be, and the most steps that evaluating it can take, whatever its variables are within their extents: each operation is a
 * step, and so is each character or item that it has to look at or to copy. CEL has no endless loops, but what looks at each
 * item of a list for each item of a list, or doubles a text several times, takes as long as anybody likes.
 */
export function costOf(
  root: ASTNode,
  extentOf: (variable: string) => Extent,
): Extent & { readonly steps: number } {
  const visit = (node: ASTNode, bound: ReadonlyMap<string, Extent>): Bound => {
    const comprehension = comprehensionOf(node);
    if (comprehension !== undefined) {
      const list = visit(comprehension.list, bound);
      const items = Math.max(1, list.items);
      const inner = new Map(bound).set(comprehension.variable, innerExtent(list));
      const bodies = comprehension.bodies.map((body) => visit(body, inner));
      const steps = list.steps + items * (1 + bodies.reduce((sum, body) => sum + body.steps, 0));
      if (comprehension.name === 'filter') return { items, each: list.each, steps };
      if (comprehension.name !== 'map') return { ...scalar, steps };
      return { items, each: totalOf(bodies.at(-1) as Bound), steps };
    }
    switch (node.op) {
      case 'value':
        return { items: 0, each: typeof node.args === 'string' ? node.args.length : 1, steps: 1 };
      case 'id':
        return { ...(bound.get(node.args) ?? extentOf(node.args)), steps: 1 };
      case '.':
      case '.?':
      case '[]':
      case '[?]': {
        const [owner, ...rest] = childrenOf(node).map((child) => visit(child, bound)) as [Bound, ...Bound[]];
        return { ...innerExtent(owner), steps: sumOfSteps([owner, ...rest]) };
      }
      case 'list':
      case 'map': {
        const children = childrenOf(node).map((child) => visit(child, bound));
        const each = Math.max(0, ...children.map(totalOf));
        return { items: Math.max(1, children.length), each, steps: sumOfSteps(children) + children.length };
      }
      case '?:': {
        const [condition, ...branches] = node.args.map((child) => visit(child, bound)) as [Bound, ...Bound[]];
        return { ...largest(branches), steps: sumOfSteps([condition, ...branches]) };
      }
      case '+': {
        const [left, right] = node.args.map((child) => visit(child, bound)) as [Bound, Bound];
        const items = left.items + right.items;
        const each = items === 0 ? left.each + right.each : Math.max(left.each, right.each);
        return { items, each, steps: sumOfSteps([left, right]) + totalOf({ items, each }) };
      }
      case 'call':
      case 'rcall': {
        const operands = childrenOf(node).map((child) => visit(child, bound));
        // Conversions and parts of texts: never more than all that went in, or a number as text.
        const total = joined(operands) + longestConversion;
        return { ...resultOf(node.args[0], operands, total), steps: sumOfSteps(operands) + total };
      }
      default: {
        const operands = childrenOf(node).map((child) => visit(child, bound));
        return {
          ...scalar,
          steps: sumOfSteps(operands) + operands.reduce((sum, operand) => sum + totalOf(operand), 0),
        };
      }
    }
  };
  return visit(root, new Map());
}

const makeTexts: ReadonlySet<string> = new Set(
  'string join substring trim lowerAscii upperAscii bytes hex base64'.split(' '),
);
const makeLists: ReadonlySet<string> = new Set(['split', 'json']);

/** What a function can give; what is not listed gives a number or a truth value. */
function resultOf(name: string, operands: readonly Bound[], total: number): Extent {
  if (makeTexts.has(name)) return { items: 0, each: total };
  if (makeLists.has(name)) return { items: total, each: total };
  return name === 'dyn' ? (operands[0] ?? scalar) : scalar;
}

/** A separator stands between any two items that are joined. */
function joined(operands: readonly Bound[]): number {
  const [first, ...rest] = operands;
  if (first === undefined) return 0;
  const others = rest.reduce((sum, operand) => sum + totalOf(operand), 0);
  return totalOf(first) + others * Math.max(1, first.items);
}

/** What an item of a value can be: something with as many items itself, since extents do not tell depths apart. */
function innerExtent({ items, each }: Extent): Extent {
  return each <= 1 ? scalar : { items: Math.min(items, each), each };
}

function largest(bounds: readonly Extent[]): Extent {
  return {
    items: Math.max(...bounds.map(({ items }) => items)),
    each: Math.max(...bounds.map(({ each }) => each)),
  };
}

function sumOfSteps(bounds: readonly Bound[]): number {
  return 1 + bounds.reduce((sum, { steps }) => sum + steps, 0);
}

/** The extent of a value of a parameter. */
export function extentOf(value: unknown): Extent {
  if (typeof value === 'string') return { items: 0, each: value.length };
  if (typeof value !== 'object' || value === null) return scalar;
  const isList = Array.isArray(value);
  const children = Object.entries(value).map(([key, child]) => {
    const extent = extentOf(child);
    return { extent, total: totalOf(extent) + (isList ? 0 : key.length) };
  });
  return {
    items: Math.max(1, children.length, ...children.map(({ extent }) => extent.items)),
    each: Math.max(1, ...children.map(({ total }) => total)),
  };
}

/** What holds each of several values. */
export function largestExtent(extents: Iterable<Extent>): Extent {
  let found: Extent = scalar;
  for (const extent of extents) found = largest([found, extent]);
  return found;
}
