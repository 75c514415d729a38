import type { z } from 'zod';
import type { DiagnosticCode, TextRange } from '../diagnostic.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import {
  describeNode,
  formatPath,
  type Located,
  locate,
  type MapNode,
  pointAt,
  pointAtStart,
  type Report,
  type SourceNode,
  type SourcePath,
} from './source.ts';

type Issue = z.core.$ZodIssue;

/** What is needed to tell a finding of zod's in a person's words. */
interface Told {
  readonly text: string;
  readonly path: SourcePath;
  readonly located: Located;
  readonly report: Report;
}

/**
 * Reports what zod found wrong with the value at `base`: what was expected comes from the schema's own messages, what is
 * there and where from the text.
 */
export function reportIssues(
  text: string,
  root: SourceNode,
  issues: readonly Issue[],
  base: SourcePath,
  report: Report,
): void {
  const misspelled = new Set<string>();
  const missing: SourcePath[] = [];
  for (const issue of flatten(issues)) {
    const path = [...base, ...(issue.path as (string | number)[])];
    const located = locate(root, path);
    if (located === undefined) missing.push(path);
    else if (issue.code === 'unrecognized_keys' && located.node.kind === 'map') {
      for (const key of issue.keys) {
        const meant = reportUnknownKey(located.node, key, issue.message.split(' '), report);
        if (meant !== undefined) misspelled.add(formatPath([...path, meant]));
      }
    } else reportIssue(issue, { text, path, located, report });
  }
  for (const path of missing) if (!misspelled.has(formatPath(path))) reportMissing(text, root, path, report);
}

/** Replaces what several alternatives complain of by the complaints of the one that was meant, where that is plain. */
function flatten(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const meant = issue.errors.filter((branch) => !branch.some(isOtherKind));
    if (meant.length !== 1 || meant[0] === undefined) return [issue];
    return flatten(meant[0].map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });
}

function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

/** Reports a key that means nothing in a mapping; returns the key that was probably meant. */
export function reportUnknownKey(
  map: MapNode,
  key: string,
  known: readonly string[],
  report: Report,
): string | undefined {
  const isTaken = (name: string): boolean => map.entries.has(name);
  const meant = didYouMean(
    key,
    known.filter((name) => !isTaken(name)),
  );
  const taken = meant === undefined ? didYouMean(key, known.filter(isTaken)) : undefined;
  const range = map.entries.get(key)?.keyRange ?? map.range;
  const hint =
    taken === undefined ? didYouMeanClause(meant) || otherKeys(known) : `; "${taken}" stands here already`;
  report('unknown-key', range, `unknown key "${brief(key)}"${hint}`, { suggestion: meant });
  return meant;
}

/** So many keys are a list to choose from; more are a reference. */
const mostKeysShown = 12;

function otherKeys(known: readonly string[]): string {
  const shown = known.slice(0, mostKeysShown).join(', ');
  return known.length > mostKeysShown ? `; there are ${shown} and others` : `; the keys here are ${shown}`;
}

function reportMissing(text: string, root: SourceNode, path: SourcePath, report: Report): void {
  const parent = path.slice(0, -1);
  const owner = locate(root, parent) ?? { key: undefined, node: root };
  const where = parent.length === 0 ? '' : `${formatPath(parent)}: `;
  report('missing-key', pointAtStart(text, owner), `${where}the key "${path.at(-1)}" is missing`);
}

function reportIssue(issue: Issue, told: Told): void {
  const { text, path, located, report } = told;
  if (issue.code === 'custom') {
    const code = (issue.params?.code as DiagnosticCode | undefined) ?? 'invalid-value';
    report(code, pointAt(text, located), `${formatPath(path)}: ${issue.message}`);
  } else if (issue.code === 'invalid_key') {
    const code = path[0] === 'env' ? 'invalid-value' : 'invalid-parameter-name';
    const range = located.key ?? located.node.range;
    report(code, range, `"${brief(String(path.at(-1)))}": ${issue.issues[0]?.message ?? issue.message}`);
  } else if (issue.code === 'invalid_value' && typeof located.node.value === 'string') {
    const written = located.node.value;
    const meant = didYouMean(written, issue.values.map(String));
    const message = `${formatPath(path)}: ${issue.message}, got "${brief(written)}"${didYouMeanClause(meant)}`;
    report('invalid-value', pointAt(text, located), message, { suggestion: meant });
  } else {
    reportWrongType(issue, told);
  }
}

function reportWrongType(issue: Issue, { text, path, located, report }: Told): void {
  const { node } = located;
  const isNumber = node.kind === 'scalar' && typeof node.value === 'number';
  const wanted = kindsWanted(issue);
  const isRightKind =
    isNumber && (wanted.has('int') || wanted.has('number') || issue.code !== 'invalid_type');
  const isCommand = path.length === 1 && (path[0] === 'cmd' || path[0] === 'command');
  const repair = isCommand ? commandRepair(node) : repairOf(wanted, node);
  const range = pointAt(text, located);
  report(
    isRightKind && issue.code !== 'invalid_union' ? 'invalid-value' : 'wrong-type',
    range,
    `${formatPath(path)}: ${issue.message}, got ${describeNode(node)}${repair === undefined ? '' : `; ${repair.advice}`}`,
    { suggestion: repair !== undefined && sameRange(range, node.range) ? repair.text : undefined },
  );
}

/** The kinds of values that would have been accepted, in zod's words. */
function kindsWanted(issue: Issue): ReadonlySet<string> {
  if (issue.code === 'invalid_union') {
    return new Set(
      issue.errors.flat().flatMap((inner) => (isOtherKind(inner) ? [...kindsWanted(inner)] : [])),
    );
  }
  return new Set(
    issue.code === 'invalid_type' ? [issue.expected] : issue.code === 'invalid_value' ? ['string'] : [],
  );
}

interface Repair {
  readonly advice: string;
  /** Undefined where only a person can know. */
  readonly text: string | undefined;
}

/** What the value could be replaced with, where that is plain. */
function repairOf(wanted: ReadonlySet<string>, node: SourceNode): Repair | undefined {
  if (node.kind !== 'scalar' || node.written === '' || /[\r\n]/.test(node.written)) return undefined;
  if (node.written.length > 60) return undefined;
  if (wanted.has('string') && typeof node.value !== 'string' && node.written !== '~') {
    const quoted = JSON.stringify(node.written);
    return { advice: `write ${quoted} if a text is meant`, text: quoted };
  }
  if (!wanted.has('array') || node.value === null) return undefined;
  const list = `[${inList(node.written, node.style === 'plain')}]`;
  return { advice: `write ${list}`, text: list };
}

/** A command as one text is split where no shell could take it for more than words. */
function commandRepair(node: SourceNode): Repair | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const text = node.value.trim();
  if (/^[\w./:=${}+-]+( +[\w./:=${}+-]+)*$/.test(text) && text.length <= 200) {
    const list = `[${text
      .split(/ +/)
      .map((word) => inList(word, true))
      .join(', ')}]`;
    return { advice: `write ${list}`, text: list };
  }
  const example = '[python3, train.py, --lr, "${lr}"]';
  return {
    advice: `write each word by itself, such as ${example}; where a shell is needed, [sh, -c, …]`,
    text: undefined,
  };
}

/** A value as it may stand within brackets. */
function inList(written: string, isPlain: boolean): string {
  return isPlain && /^[-?]$|[,:[\]{}#&*!|>%@`]/.test(written) ? JSON.stringify(written) : written;
}

function sameRange(a: TextRange, b: TextRange): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Text for a message: a whole file in quotes helps nobody. */
function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
