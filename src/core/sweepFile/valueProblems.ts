import type { Diagnostic } from '../diagnostic.ts';
import { formatValue } from '../format/formatValue.ts';
import { paramAt } from '../params.ts';
import { type Plan, runsToTry } from '../plan/plan.ts';
import type { ParamValue } from '../run.ts';
import type { ParameterReference } from './references.ts';

/** A `${name}` of a sweep file, or of a template that it names. */
interface AnyReference extends ParameterReference {
  /** Where it stands in a file of its own: "case.in.tmpl:3:7". */
  readonly place?: string;
}

/**
 * What only the plan shows of each `${name}`: that a run lacks the parameter (one that `include` adds, at its end), or has
 * a value that the format is not for.
 */
export function valueProblems(references: readonly AnyReference[], plan: Plan): Diagnostic[] {
  const left = new Set(distinct(references));
  const found: Diagnostic[] = [];
  for (const run of runsToTry(plan)) {
    if (left.size === 0) break;
    const params = plan.at(run);
    for (const reference of left) {
      const problem = problemOf(reference, paramAt(params, reference.name), run);
      if (problem === undefined) continue;
      left.delete(reference);
      found.push(problem);
    }
  }
  return found;
}

/** The first reference of each name and format: a template of a million lines takes the same few again and again. */
function distinct(references: readonly AnyReference[]): AnyReference[] {
  const fileOf = (place: string | undefined): string | undefined => place?.replace(/:\d+:\d+$/, '');
  const groups = Map.groupBy(references, ({ name, format, place }) =>
    JSON.stringify([name, format, fileOf(place)]),
  );
  return [...groups.values()].flatMap(([first]) => first ?? []);
}

function problemOf(
  { name, format, range, place }: AnyReference,
  value: ParamValue | undefined,
  run: number,
): Diagnostic | undefined {
  const where = place === undefined ? '' : `${place}: `;
  if (value === undefined) {
    const message = `${where}run ${run} has no parameter "${name}", and each run needs it`;
    return { code: 'unknown-parameter', severity: 'error', message, range };
  }
  if (format === undefined) return undefined;
  try {
    formatValue(value, format);
    return undefined;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${where}"\${${name}:…}" cannot be written in run ${run}: ${error.message}`;
    return { code: 'invalid-template', severity: 'error', message, range };
  }
}
