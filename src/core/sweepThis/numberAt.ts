import { findNodeAtOffset, getNodePath, parseTree } from 'jsonc-parser';
import { type AST, parseTOML, traverseNodes } from 'toml-eslint-parser';
import type { TextRange } from '../diagnostic.ts';
import { readUnfinishedYaml } from '../sweepFile/readYaml.ts';
import type { SourceNode } from '../sweepFile/source.ts';

/** A number in a file of settings. */
export interface FoundNumber {
  readonly value: number;
  /** Where it is written. */
  readonly range: TextRange;
  /** Keys and positions that lead to it. */
  readonly path: readonly (string | number)[];
}

/** The languages that numbers are found in. */
export type SettingsLanguage = 'yaml' | 'json' | 'toml';

/** The number that an offset lies in or directly behind; undefined where there is none, or the file cannot be read. */
export function numberAt(text: string, offset: number, language: SettingsLanguage): FoundNumber | undefined {
  switch (language) {
    case 'yaml': {
      const root = readUnfinishedYaml(text);
      return root && yamlNumber(root, offset, []);
    }
    case 'json':
      return jsonNumber(text, offset);
    default:
      return tomlNumber(text, offset);
  }
}

function yamlNumber(node: SourceNode, offset: number, path: FoundNumber['path']): FoundNumber | undefined {
  if (!covers(node.range, offset)) return undefined;
  if (node.kind === 'scalar') {
    return typeof node.value === 'number' ? { value: node.value, range: node.range, path } : undefined;
  }
  const children: (readonly [string | number, SourceNode])[] =
    node.kind === 'list'
      ? node.items.map((item, index) => [index, item] as const)
      : [...node.entries].map(([key, entry]) => [key, entry.node] as const);
  for (const [step, child] of children) {
    const found = yamlNumber(child, offset, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function jsonNumber(text: string, offset: number): FoundNumber | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset, true);
  if (node === undefined || node.type !== 'number') return undefined;
  const range = { start: node.offset, end: node.offset + node.length };
  return { value: Number(node.value), range, path: getNodePath(node) };
}

function tomlNumber(text: string, offset: number): FoundNumber | undefined {
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch {
    // A broken file has no number that could be trusted; whoever asks says so.
    return undefined;
  }
  let found: FoundNumber | undefined;
  traverseNodes(program, {
    enterNode(node) {
      if (node.type !== 'TOMLValue' || (node.kind !== 'integer' && node.kind !== 'float')) return;
      const range = { start: node.range[0], end: node.range[1] };
      const value = Number(node.value);
      if (covers(range, offset) && Number.isFinite(value)) found = { value, range, path: tomlPath(node) };
    },
    leaveNode() {},
  });
  return found;
}

function tomlPath(value: AST.TOMLNode): (string | number)[] {
  const path: (string | number)[] = [];
  for (let node: AST.TOMLNode | null | undefined = value; node; node = node.parent) {
    if (node.type === 'TOMLKeyValue') path.unshift(...node.key.keys.map(keyName));
    else if (node.type === 'TOMLTable') path.unshift(...node.resolvedKey);
    else if (node.parent?.type === 'TOMLArray' && node.type !== 'TOMLArray') {
      path.unshift(node.parent.elements.indexOf(node as AST.TOMLContentNode));
    }
  }
  return path;
}

function keyName(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}

function covers({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
