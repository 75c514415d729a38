import { isParamMap } from '../params.ts';
import type { Rule } from '../plan/parameterSpace.ts';
import type { ParamValue } from '../run.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import { isCondition, readExpression, type Variables } from './readExpression.ts';
import type { Reading } from './reading.ts';
import type { Located, MapNode, SourceNode } from './source.ts';

/**
 * The rules under `exclude` or `include`; undefined where one of them is wrong. A mapping may name what is no parameter only
 * where it can add to a run.
 */
export function readRules(
  located: Located | undefined,
  variables: Variables,
  { canAdd }: { readonly canAdd: boolean },
  reading: Reading,
): Rule[] | undefined {
  if (located === undefined) return [];
  const nodes = located.node.kind === 'list' ? located.node.items : [located.node];
  const rules: Rule[] = [];
  for (const node of nodes) {
    const rule = readRule(node, variables, canAdd, reading);
    if (rule !== undefined) rules.push(rule);
  }
  return rules.length === nodes.length ? rules : undefined;
}

function readRule(
  node: SourceNode,
  variables: Variables,
  canAdd: boolean,
  reading: Reading,
): Rule | undefined {
  if (node.kind === 'scalar') {
    const expression = readExpression(node, variables, reading);
    if (expression === undefined || !isCondition(expression, reading)) return undefined;
    return { kind: 'expression', expression };
  }
  // The schema has told what is wrong with it.
  if (node.kind !== 'map') return undefined;
  const values = new Map<string, ParamValue>();
  const isSound = collect(node, '', values, variables, canAdd, reading);
  if (node.entries.size === 0) {
    reading.report(
      'invalid-value',
      node.range,
      'an empty mapping says of no run; write at least one parameter',
    );
    return undefined;
  }
  return isSound ? { kind: 'values', values, range: node.range } : undefined;
}

/** Nested mappings name nested parameters, where there are such. */
function collect(
  node: MapNode,
  prefix: string,
  values: Map<string, ParamValue>,
  variables: Variables,
  canAdd: boolean,
  reading: Reading,
): boolean {
  let isSound = true;
  for (const [key, { keyRange, node: value }] of node.entries) {
    const name = prefix + key;
    if (variables.has(name)) values.set(name, value.value);
    else if (value.kind === 'map' && isParamMap(value.value) && isGroup(name, variables)) {
      isSound = collect(value, `${name}.`, values, variables, canAdd, reading) && isSound;
    } else if (canAdd && prefix === '') values.set(name, value.value);
    else {
      const meant = didYouMean(name, variables.keys());
      const clause = meant === undefined ? '' : didYouMeanClause(meant);
      reading.report('unknown-parameter', keyRange, `"${name}" names no parameter${clause}`, {
        suggestion: prefix === '' ? meant : undefined,
      });
      isSound = false;
    }
  }
  return isSound;
}

function isGroup(name: string, variables: Variables): boolean {
  for (const other of variables.keys()) if (other.startsWith(`${name}.`)) return true;
  return false;
}
