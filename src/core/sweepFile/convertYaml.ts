import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { TextRange } from '../diagnostic.ts';
import type { ParamValue } from '../run.ts';
import {
  type MapEntry,
  type MapNode,
  type Report,
  rangeWithin,
  type ScalarNode,
  type SourceNode,
} from './source.ts';
import { deepestNesting, tooDeep } from './syntaxProblems.ts';

/** How many values a file may stand for once aliases are replaced by what they name. */
const mostValues = 2_000_000;

/** Turns the library's nodes into ours. Undefined when the text means nothing as a whole: endless or beyond all bounds. */
export function convertYaml(text: string, contents: ParsedNode, report: Report): SourceNode | undefined {
  const anchors = new Map<string, SourceNode | 'open'>();
  let values = 0;
  let broken = false;

  function visit(node: ParsedNode | null, depth: number, fallback: number): SourceNode {
    if (node === null) return scalarNode(null, fallback, fallback);
    if (broken) return scalarNode(null, node.range[0], node.range[0]);
    if (isAlias(node)) return resolve(node.source, trimmed(node.range));
    if (depth > deepestNesting) return giveUp(trimmed(node.range), tooDeep);
    const anchor = node.anchor;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const made = isMap(node)
      ? visitMap(node, depth)
      : isSeq(node)
        ? visitList(node, depth)
        : visitScalar(node);
    if (anchor !== undefined) anchors.set(anchor, made);
    return made;
  }

  function visitList(node: ParsedNode & { items: unknown[] }, depth: number): SourceNode {
    const items = node.items.map((item) => visit(item as ParsedNode | null, depth + 1, node.range[0]));
    let size = 1;
    for (const item of items) size += item.size;
    return { kind: 'list', range: trimmed(node.range), items, size, value: items.map(({ value }) => value) };
  }

  function visitMap(node: YAMLMap.Parsed, depth: number): MapNode {
    const entries = new Map<string, MapEntry>();
    const value: Record<string, ParamValue> = {};
    let size = 1;
    for (const { key, value: item } of node.items) {
      const keyRange = trimmed(key.range);
      if (!isScalar(key)) {
        report('syntax', keyRange, 'a key must be a single word or a text in quotes');
        continue;
      }
      const name = String(key.value);
      if (key.anchor !== undefined) anchors.set(key.anchor, scalarNode(name, keyRange.start, keyRange.end));
      const child = visit(item, depth + 1, keyRange.end);
      if (entries.has(name)) {
        report('duplicate-key', keyRange, `the key "${name}" stands here twice; remove one of them`);
      } else if (name === '<<' && key.type === 'PLAIN') {
        report('syntax', keyRange, 'merge keys ("<<") are not part of YAML 1.2; write the entries out');
      } else if (name === '__proto__') {
        report('invalid-value', keyRange, 'a key cannot be called "__proto__"');
      } else {
        checkText(name, keyRange);
        entries.set(name, { keyRange, node: child });
        value[name] = child.value;
        size += child.size;
      }
    }
    return { kind: 'map', range: trimmed(node.range), entries, size, value };
  }

  function visitScalar(node: Scalar.Parsed): ScalarNode {
    const range = trimmed(node.range);
    const value: unknown = node.value;
    const style = node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('BLOCK') ? 'block' : 'quoted';
    if (typeof value === 'number')
      return { ...scalarNode(checkNumber(value, range), range.start, range.end), style };
    if (typeof value === 'string') checkText(value, range);
    const known = typeof value === 'string' || typeof value === 'boolean' ? value : null;
    return { ...scalarNode(known, range.start, range.end), style };
  }

  function scalarNode(value: ScalarNode['value'], start: number, end: number): ScalarNode {
    return {
      kind: 'scalar',
      value,
      style: 'plain',
      written: text.slice(start, end),
      range: { start, end },
      size: 1,
    };
  }

  function resolve(name: string, range: TextRange): SourceNode {
    const target = anchors.get(name);
    if (target === 'open')
      return giveUp(range, `*${name} stands within the value that it names, which would never end`);
    if (target === undefined) {
      report(
        'syntax',
        range,
        `nothing before this is marked &${name}; put *${name} in quotes if a text is meant`,
        { suggestion: JSON.stringify(text.slice(range.start, range.end)) },
      );
      return scalarNode(null, range.start, range.end);
    }
    values += target.size;
    if (values > mostValues) {
      return giveUp(range, `with its aliases replaced the file would hold more than ${mostValues} values`);
    }
    return target;
  }

  function giveUp(range: TextRange, message: string): ScalarNode {
    if (!broken) report('syntax', range, message);
    broken = true;
    return scalarNode(null, range.start, range.start);
  }

  function checkNumber(value: number, range: TextRange): number {
    const written = text.slice(range.start, range.end);
    const quoted = { suggestion: JSON.stringify(written) };
    if (!Number.isFinite(value)) {
      report(
        'invalid-value',
        range,
        `${written} is no finite number; put it in quotes to pass it as text`,
        quoted,
      );
      return 0;
    }
    // Compared as text, since text is what a program will be given.
    const isInteger = /^[-+]?(\d+|0[xo][\da-fA-F]+)$/.test(written);
    if (isInteger && !Number.isSafeInteger(value) && String(value) !== written.replace(/^\+/, '')) {
      report(
        'invalid-value',
        range,
        `${written} is too large to be kept exactly (it would become ${value}); put it in quotes to pass it as text`,
        quoted,
      );
    }
    return value;
  }

  function checkText(value: string, range: TextRange): void {
    if (value.includes('\0')) {
      report('invalid-value', range, 'a NUL character, which no program can be given; remove it');
    } else if (/\p{Surrogate}/u.test(value)) {
      report(
        'invalid-value',
        range,
        'half of a surrogate pair, which is no character; write the whole character',
      );
    }
  }

  function trimmed(range: readonly [number, number, ...number[]]): TextRange {
    const { start, end } = rangeWithin(text, range[0], range[1]);
    return { start, end: start + text.slice(start, end).trimEnd().length };
  }

  const root = visit(contents, 0, 0);
  return broken ? undefined : root;
}
