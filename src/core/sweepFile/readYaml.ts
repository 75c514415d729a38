import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  Parser,
  type Scalar,
  type YAMLError,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import type { TextRange } from '../diagnostic.ts';
import type { ParamValue } from '../run.ts';
import type { MapEntry, MapNode, ScalarNode } from './source.ts';
import { collectDiagnostics, type Report, type SourceNode } from './source.ts';

/** A longer text is refused, so that an editor that parses at every key stroke stays responsive. In UTF-16 code units. */
export const longestText = 1_500_000;
/** How many values a file may stand for once aliases are replaced by what they name. */
const mostValues = 2_000_000;
const deepestNesting = 100;
/** Behind so many stray characters the rest of a text tells nothing more. */
const mostStrayTokens = 50;

/** What YAML makes of a text. `root` is undefined when the text is empty, or broken so that its structure is in doubt. */
export interface YamlText {
  readonly root: SourceNode | undefined;
  readonly diagnostics: ReturnType<typeof collectDiagnostics>['found'];
}

/** Reads YAML 1.2 into nodes with ranges. Never throws; time and memory grow with the length of the text alone. */
export function readYaml(text: string): YamlText {
  const { found, report } = collectDiagnostics();
  if (text.length > longestText) {
    const megabytes = (length: number): string => `${(length / 1e6).toFixed(1)} million characters`;
    report(
      'too-large',
      firstLine(text),
      `the sweep file has ${megabytes(text.length)}, more than ${megabytes(longestText)}; describe the runs by "parameters" instead of listing them all`,
    );
    return { root: undefined, diagnostics: found };
  }
  const document = compose(text);
  if (document === 'too deep') {
    report('syntax', firstLine(text), tooDeep);
    return { root: undefined, diagnostics: found };
  }
  reportSyntax(text, document, report);
  if (found.some(({ severity }) => severity === 'error') || document.contents === null) {
    return { root: undefined, diagnostics: found };
  }
  const root = convert(text, document.contents, report);
  return { root, diagnostics: found };
}

const tooDeep = `nested more than ${deepestNesting} levels deep`;

function compose(text: string): Document.Parsed | 'too deep' {
  const composer = new Composer({
    prettyErrors: false,
    // Both of these are found below, where it takes linear time.
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  // A broken text makes hundreds of thousands of errors, and their stack traces cost more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    let document: Document.Parsed | undefined;
    for (const next of composer.compose(untilHopeless(text), true, text.length)) {
      if (document !== undefined) {
        document.errors.push(new YAMLParseError([next.range[0], next.range[0] + 1], 'MULTIPLE_DOCS', ''));
        break;
      }
      document = next;
    }
    return document as Document.Parsed;
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function* untilHopeless(text: string): ReturnType<Parser['parse']> {
  let stray = 0;
  for (const token of new Parser().parse(text)) {
    yield token;
    if (token.type === 'error' && ++stray === mostStrayTokens) return;
  }
}

/** One problem a line: what follows on the same line is mostly a consequence of the first. */
function reportSyntax(text: string, document: Document.Parsed, report: Report): void {
  const lines = new Set<number>();
  const problems = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  for (const problem of problems) {
    const lineStart = text.lastIndexOf('\n', Math.min(problem.pos[0], text.length) - 1) + 1;
    if (lines.has(lineStart)) continue;
    lines.add(lineStart);
    const isHarmless = problem.name === 'YAMLWarning' && problem.code !== 'TAG_RESOLVE_FAILED';
    report('syntax', rangeWithin(text, problem.pos[0], problem.pos[1]), syntaxMessage(problem, text), {
      severity: isHarmless ? 'warning' : 'error',
    });
    if (lines.size === mostStrayTokens) return;
  }
}

function syntaxMessage({ code, message, pos }: YAMLError, text: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'YAML is not indented by tabs; use spaces';
    case 'MULTIPLE_DOCS':
      return 'a sweep file holds one document; remove this one and the "---" before it';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a second ":" within one value; put the value in quotes, or correct the indentation';
    case 'BAD_SCALAR_START':
      return `a value cannot begin with ${text.charAt(pos[0])} unless it stands in quotes`;
    case 'TAG_RESOLVE_FAILED':
      return message.startsWith('Unresolved tag')
        ? `the tag ${text.slice(...pos)} means nothing here; remove it, and put the value in quotes if a text is meant`
        : withoutCapital(message);
    case 'NON_STRING_KEY':
      return 'a key must be a single word or a text in quotes';
    default:
      if (message.includes('call stack')) return tooDeep;
      return unclosed(message) ?? withoutCapital(message);
  }
}

/** The library says the same thing in several ways, none of which tells a beginner what to do. */
function unclosed(message: string): string | undefined {
  if (!message.startsWith('Flow')) return undefined;
  const [what, opening, closing] = message.includes('sequence') ? ['list', '[', ']'] : ['mapping', '{', '}'];
  return `a ${what} that begins with "${opening}" must end with "${closing}", and be indented further than its key`;
}

function withoutCapital(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function firstLine(text: string): TextRange {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: Math.min(end < 0 ? text.length : end, 80) };
}

function rangeWithin(text: string, start: number, end: number): TextRange {
  const first = Math.max(0, Math.min(start, text.length));
  return { start: first, end: Math.max(first, Math.min(end, text.length)) };
}

/** Turns the library's nodes into ours. Undefined when the text means nothing as a whole: endless or beyond all bounds. */
function convert(text: string, contents: ParsedNode, report: Report): SourceNode | undefined {
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
