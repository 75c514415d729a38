import type { TextRange } from '../diagnostic.ts';
import { compileExpression, type Expression } from '../plan/expression/expression.ts';
import type { Condition, Derived } from '../plan/parameterSpace.ts';
import { isCondition, readExpression, type Variables, variableOfExpression } from './readExpression.ts';
import type { Reading } from './reading.ts';
import type { SourceNode } from './source.ts';

/** An expression that decides over a parameter, or makes one, before it is understood. */
export interface WrittenStep {
  readonly kind: 'condition' | 'derived';
  readonly name: string;
  readonly path: readonly string[];
  readonly node: SourceNode;
  /** Where the name of the parameter stands. */
  readonly nameRange: TextRange;
}

/** The steps of a block, and the names that its rules can take. */
export interface ReadSteps {
  /** Each needs only what comes before it. */
  readonly steps: readonly (Condition | Derived)[];
  readonly variables: Variables;
}

/**
 * Understands the conditions and the derived values of a block and puts them in order: what an expression takes is decided or
 * computed before. Reports those that wait for each other.
 */
export function readSteps(written: readonly WrittenStep[], known: Variables, reading: Reading): ReadSteps {
  const variables = new Map(known);
  for (const step of written) {
    if (step.kind === 'derived') variables.set(step.name, { type: 'dyn', extent: { items: 0, each: 1 } });
  }
  const { order, circular } = inOrder(written, variables);
  for (const { name, nameRange } of circular) {
    reading.report(
      'circular-reference',
      nameRange,
      `"${name}" needs itself, by what its expression takes; break the circle`,
    );
  }
  const steps: (Condition | Derived)[] = [];
  const made = new Map<WrittenStep, Expression | undefined>();
  for (const step of order) {
    const expression = readExpression(step.node, variables, reading);
    made.set(step, expression);
    if (step.kind === 'derived' && expression !== undefined) {
      variables.set(step.name, variableOfExpression(expression));
    }
  }
  for (const step of order) {
    const expression = made.get(step);
    if (expression === undefined) continue;
    const { name, path } = step;
    if (step.kind === 'derived') steps.push({ kind: 'derived', name, path, expression });
    else if (isCondition(expression, reading)) steps.push({ kind: 'condition', name, expression });
  }
  return { steps, variables };
}

/** Depth first, each after those whose names it takes. */
function inOrder(written: readonly WrittenStep[], variables: Variables) {
  const byName = Map.groupBy(written, ({ name }) => name);
  const order: WrittenStep[] = [];
  const circular = new Set<WrittenStep>();
  const state = new Map<WrittenStep, 'open' | 'done'>();
  const visit = (step: WrittenStep): void => {
    state.set(step, 'open');
    for (const name of namesTaken(step, variables)) {
      for (const needed of byName.get(name) ?? []) {
        if (state.get(needed) === 'open') circular.add(step);
        else if (!state.has(needed)) visit(needed);
      }
    }
    state.set(step, 'done');
    order.push(step);
  };
  for (const step of written) if (!state.has(step)) visit(step);
  return { order, circular };
}

function namesTaken({ node }: WrittenStep, variables: Variables): readonly string[] {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return [];
  return compileExpression(node.value, node.range, variables).uses.map(({ name }) => name);
}
