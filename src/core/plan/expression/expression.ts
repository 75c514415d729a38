import { type ASTNode, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import type { DiagnosticCode, TextRange } from '../../diagnostic.ts';
import type { ParamValue } from '../../run.ts';
import { costOf, type Extent, totalOf } from './cost.ts';
import { languageWith, mathName, type VariableType } from './language.ts';
import { childrenOf, type NamePath, namesIn } from './walk.ts';

/** A name that expressions can take. */
export interface Variable {
  readonly type: Exclude<VariableType, 'map'>;
  /** How large its values are. */
  readonly extent: Extent;
}

/** A use of a variable in an expression. */
export interface VariableUse {
  /** Dotted, as a parameter is named. */
  readonly name: string;
  /** Offsets in the expression. */
  readonly range: TextRange;
}

/** Gives the value of a variable; undefined for one that there is not. */
export type LookUp = (name: string) => ParamValue | undefined;

/** An expression in CEL, understood. */
export interface Expression {
  readonly source: string;
  /** Where it stands in the sweep file. */
  readonly range: TextRange;
  /** The variables that it takes, each once. */
  readonly names: readonly string[];
  /** What is known of its value: `bool`, `double`, `string`, `dyn` … */
  readonly type: string;
  /** The most steps that one evaluation takes. */
  readonly steps: number;
  /** How large its value can be. */
  readonly extent: Extent;
  /**
   * Its value; undefined where it needs a variable that there is not. Throws an {@link ExpressionFailure} when it has no
   * value.
   */
  evaluate(lookUp: LookUp): unknown;
}

/** An expression that has no value for some variables. */
export class ExpressionFailure extends Error {
  readonly expression: Expression;

  constructor(expression: Expression, message: string) {
    super(message);
    this.expression = expression;
  }
}

/** What is wrong with an expression; the range holds offsets in the expression. */
export interface ExpressionProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly range: TextRange;
  /** For an unknown name. */
  readonly unknown?: string;
}

/** What is known of an expression, whatever is wrong with it. */
export interface Compiled {
  /** Undefined where there are problems. */
  readonly expression: Expression | undefined;
  readonly problems: readonly ExpressionProblem[];
  /** Every use of a variable, known or not; empty where the expression cannot be read. */
  readonly uses: readonly VariableUse[];
}

/** One evaluation takes no more than this: a fraction of a millisecond for most, a few for the worst. */
const mostStepsAtOnce = 100_000;
const longestSource = 2000;
const ownPrefix = 'p_';

/** Understands an expression over these variables. Pure; never throws. */
export function compileExpression(
  source: string,
  range: TextRange,
  variables: ReadonlyMap<string, Variable>,
): Compiled {
  if (source.length > longestSource) {
    return refused('invalid-expression', `an expression has at most ${longestSource} characters`, {
      start: 0,
      end: source.length,
    });
  }
  let draft: ASTNode;
  try {
    draft = withoutVariables.parse(source).ast;
  } catch (error) {
    return refused('invalid-expression', syntaxMessage(error, source), rangeOfError(error, source));
  }
  const uses = outerNames(draft).map((name) => useOf(name, variables));
  const unknown = uses.filter(({ name }) => !variables.has(name) && !isGroup(name, variables));
  const problems: ExpressionProblem[] = unknown.map(({ name, range: place }) => ({
    code: 'unknown-parameter',
    message: `"${name}" names no parameter`,
    range: place,
    unknown: name,
  }));
  for (const { name, range: place } of uses) {
    const outer = variables.has(name) ? outerVariable(name, variables) : undefined;
    if (outer === undefined) continue;
    const message = `"${name}" cannot be told from a part of "${outer}" here; rename one of them`;
    problems.push({ code: 'name-conflict', message, range: place });
  }
  problems.push(...refusedCalls(draft));
  if (problems.length > 0) return { expression: undefined, problems, uses };
  const taken = [...new Set(uses.flatMap(({ name }) => membersOf(name, variables)))];
  const parsed = languageWith(rootsOf(taken, variables)).parse(source);
  // Set apart from what CEL has of its own: a parameter may be called "type" or "list".
  for (const { root } of outerNames(parsed.ast)) change(root, `${ownPrefix}${String(root.args)}`);
  takeNumbersAsDoubles(parsed.ast);
  const { valid, type = 'dyn', error } = parsed.check();
  if (!valid) {
    const problem = refused('invalid-expression', typeMessage(error), rangeOfError(error, source));
    return { ...problem, uses };
  }
  const cost = costOf(parsed.ast, (name) => extentOf(name.slice(ownPrefix.length), variables));
  // A value can hold more than the steps that made it, since one list may stand in it many times.
  const steps = Math.max(cost.steps, totalOf(cost));
  if (steps > mostStepsAtOnce) {
    const message = `this could take ${steps.toExponential(0)} steps, and an expression may take ${mostStepsAtOnce}; make it simpler`;
    return { ...refused('invalid-expression', message, { start: 0, end: source.length }), uses };
  }
  const facts = { source, range, names: taken, type: String(type), steps, extent: cost };
  return { expression: made(facts, parsed), problems: [], uses };
}

const withoutVariables = languageWith(new Map());

/** The names that an expression takes from outside, without CEL's own. */
function outerNames(root: ASTNode): NamePath[] {
  return namesIn(root).filter(({ path }) => path[0] !== mathName);
}

function refused(code: DiagnosticCode, message: string, range: TextRange): Compiled {
  return { expression: undefined, problems: [{ code, message, range }], uses: [] };
}

function made(facts: Omit<Expression, 'evaluate'>, parsed: ParseResult): Expression {
  const paths = facts.names.map((name) => ({ name, path: `${ownPrefix}${name}`.split('.') }));
  const expression: Expression = {
    ...facts,
    evaluate(lookUp) {
      const context: Record<string, unknown> = {};
      let isWhole = true;
      for (const { name, path } of paths) {
        const value = lookUp(name);
        if (value === undefined) isWhole = false;
        put(context, path, value);
      }
      const { stackTraceLimit } = Error;
      // A run that lacks a parameter is no rare event, and what it costs is the stack trace.
      Error.stackTraceLimit = 0;
      try {
        return parsed(context);
      } catch (error) {
        if (!isWhole && isAboutAbsence(error)) return undefined;
        throw new ExpressionFailure(expression, typeMessage(error));
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    },
  };
  return expression;
}

function put(context: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = context;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth] as string;
    place[key] ??= {};
    place = place[key] as Record<string, unknown>;
  }
  if (value !== undefined) place[path.at(-1) as string] = value;
}

function isAboutAbsence(error: unknown): boolean {
  return (
    error instanceof EvaluationError && (error.code === 'unknown_variable' || error.code === 'no_such_key')
  );
}

/** The first steps of all names: `opt.lr` is a field of the mapping `opt`. */
function rootsOf(
  names: readonly string[],
  variables: ReadonlyMap<string, Variable>,
): Map<string, VariableType> {
  const roots = new Map<string, VariableType>();
  for (const name of names) {
    const type = variables.get(name)?.type ?? 'dyn';
    const [root = '', ...fields] = name.split('.');
    // What is no word of CEL cannot be asked for.
    const canBeTaken = /^[A-Za-z_]\w*$/.test(root) && outerVariable(name, variables) === undefined;
    if (canBeTaken) roots.set(`${ownPrefix}${root}`, fields.length === 0 ? type : 'map');
  }
  return roots;
}

/** The variable that a name looks like a part of. */
function outerVariable(name: string, variables: ReadonlyMap<string, Variable>): string | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    if (variables.has(name.slice(0, dot))) return name.slice(0, dot);
  }
  return undefined;
}

/** The longest beginning of a path that is a variable; otherwise the whole path. */
function useOf({ path, ends, start }: NamePath, variables: ReadonlyMap<string, Variable>): VariableUse {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).join('.');
    if (variables.has(name)) return { name, range: { start, end: ends[length - 1] as number } };
  }
  return { name: path.join('.'), range: { start, end: ends.at(-1) as number } };
}

function isGroup(name: string, variables: ReadonlyMap<string, Variable>): boolean {
  for (const other of variables.keys()) if (other.startsWith(`${name}.`)) return true;
  return false;
}

function membersOf(name: string, variables: ReadonlyMap<string, Variable>): string[] {
  if (variables.has(name)) return [name];
  // A group; nothing of it is a part of another parameter.
  return [...variables.keys()].filter((other) => other.startsWith(`${name}.`));
}

function extentOf(name: string, variables: ReadonlyMap<string, Variable>): Extent {
  const own = variables.get(name)?.extent;
  if (own !== undefined) return own;
  const members = membersOf(name, variables).map((member) => (variables.get(member) as Variable).extent);
  return {
    items: Math.max(members.length, ...members.map(({ items }) => items)),
    each: Math.max(1, ...members.map(totalOf)),
  };
}

/** Regular expressions of JavaScript can take forever, and those of CEL are others. */
function refusedCalls(root: ASTNode): ExpressionProblem[] {
  const found: ExpressionProblem[] = [];
  const visit = (node: ASTNode): void => {
    if ((node.op === 'rcall' || node.op === 'call') && node.args[0] === 'matches') {
      const message = '"matches" is not there; use contains, startsWith or endsWith';
      found.push({ code: 'invalid-expression', message, range: node.range });
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return found;
}

/** `1 / 2` is a half: whole numbers are doubles, except where CEL wants an index or a position in a text. */
function takeNumbersAsDoubles(node: ASTNode): void {
  const children = childrenOf(node);
  children.forEach((child, index) => {
    const isPosition =
      ((node.op === '[]' || node.op === '[?]') && index === 1) ||
      (node.op === 'rcall' && index > 0 && !isMath(node.args[1]) && positional.has(node.args[0]));
    if (!isPosition) takeNumbersAsDoubles(child);
  });
  if (node.op === 'value' && typeof node.args === 'bigint') change(node, Number(node.args));
}

/** Of a node that nothing has been made of yet. */
function change(node: ASTNode, args: string | number): void {
  (node as { args: unknown }).args = args;
}

const positional: ReadonlySet<string> = new Set(['substring', 'indexOf', 'lastIndexOf', 'split', 'at']);

function isMath(node: ASTNode): boolean {
  return node.op === 'id' && node.args === mathName;
}

function rangeOfError(error: unknown, source: string): TextRange {
  const range = (error as { readonly range?: TextRange }).range;
  const start = Math.min(range?.start ?? 0, source.length);
  return { start, end: Math.max(start, Math.min(range?.end ?? source.length, source.length)) };
}

function summaryOf(error: unknown): string {
  const { summary, message } = error as { readonly summary?: string; readonly message?: string };
  const first = (summary ?? message ?? String(error)).split('\n')[0] as string;
  return first.charAt(0).toLowerCase() + first.slice(1);
}

function syntaxMessage(error: unknown, source: string): string {
  const hint = hints.find(({ pattern }) => pattern.test(source))?.hint;
  return `this is no expression in CEL: ${hint ?? summaryOf(error)}`;
}

/** What people write who think of another language. */
const hints: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  { pattern: /^\s*$/, hint: 'it is empty' },
  { pattern: /\band\b/, hint: '"and" is written "&&"' },
  { pattern: /\bor\b/, hint: '"or" is written "||"' },
  { pattern: /\bnot\b/, hint: '"not" is written "!"' },
  { pattern: /\*\*|\^/, hint: 'a power is written "math.pow(x, 2)"' },
  { pattern: /===|!==/, hint: 'equality is written "==" and "!="' },
  { pattern: /[^=!<>]=[^=]/, hint: 'equality is written "=="' },
  { pattern: /\$\{/, hint: 'parameters are named without "${" and "}"' },
  { pattern: /\bif\b.*\belse\b/, hint: 'a choice is written "condition ? one : other"' },
];

function typeMessage(error: unknown): string {
  return summaryOf(error)
    .replace(/^(?:found )?no (?:such|matching) overload(?: for)?:? /, 'these do not go together: ')
    .replaceAll(/dyn<([^<>]*(?:<[^<>]*>)?)>/g, '$1')
    .replaceAll('double', 'number')
    .replaceAll('MathNamespace.', 'math.');
}
