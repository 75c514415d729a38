import type { TextRange } from '../diagnostic.ts';
import { sameValue } from '../params.ts';
import type { Variable } from '../plan/expression/expression.ts';
import type { Condition, Derived, Rule, RunList } from '../plan/parameterSpace.ts';
import { mostKnownValues } from '../plan/points/points.ts';
import { replicateName, replicateSeedName } from '../plan/points/replicated.ts';
import type { ParamValue } from '../run.ts';
import { variableOf, variableOfExpression, variableOfValues } from './readExpression.ts';
import type { Reading } from './reading.ts';
import type { ReadParameter } from './readParameters.ts';
import type { WrittenStep } from './readSteps.ts';
import type { MapNode } from './source.ts';

/** A name that runs of a block have. */
export interface KnownName {
  readonly path: readonly string[];
  /** Where it stands; undefined for a name from a file. */
  readonly range: TextRange | undefined;
  readonly variable: () => Variable;
  /** Why a run may lack it; undefined when each has it. */
  readonly absence: string | undefined;
}

/** The names of a block's own parameters. */
export function namesOfParameters(parameters: readonly ReadParameter[]): Map<string, KnownName> {
  return new Map(
    parameters.map(({ name, path, nameRange, domain, conditions }) => [
      name,
      {
        path,
        range: nameRange,
        variable: () => variableOf(domain),
        absence: conditions.length === 0 ? undefined : `"${name}" exists only where its "when" holds`,
      },
    ]),
  );
}

/** The names of runs that are written out. */
export function namesOfRuns(runs: RunList): Map<string, KnownName> {
  return new Map(
    runs.names.map((name) => {
      let lacking = -1;
      for (let run = 0; run < runs.length && lacking < 0; run++) {
        if (!Object.hasOwn(runs.at(run), name)) lacking = run;
      }
      return [
        name,
        {
          path: [name],
          range: undefined,
          variable: () => {
            const values = Array.from({ length: runs.length }, (_, run) => runs.at(run)[name]);
            return variableOfValues(values.filter((value) => value !== undefined));
          },
          absence: lacking < 0 ? undefined : `runs[${lacking}] has no parameter "${name}"`,
        },
      ];
    }),
  );
}

/** The names of blocks that come one after the other. */
export function namesOfUnion(
  blocks: readonly { readonly names: ReadonlyMap<string, KnownName> }[],
): Map<string, KnownName> {
  const names = new Map<string, KnownName>();
  for (const [index, block] of blocks.entries()) {
    for (const [name, info] of block.names) {
      const known = names.get(name);
      const absence =
        info.absence ??
        (known === undefined && index > 0 ? `an earlier block of "sweep" has no "${name}"` : undefined);
      names.set(name, {
        ...info,
        ...(known === undefined ? {} : { range: known.range, path: known.path }),
        absence: known?.absence ?? absence,
        variable: () => (known === undefined ? info.variable() : widened(known.variable(), info.variable())),
      });
    }
    for (const [name, info] of names) {
      if (info.absence !== undefined || block.names.has(name)) continue;
      names.set(name, { ...info, absence: `sweep[${index}] has no "${name}"` });
    }
  }
  return names;
}

function widened(a: Variable, b: Variable): Variable {
  return {
    type: a.type === b.type ? a.type : 'dyn',
    extent: {
      items: Math.max(a.extent.items, b.extent.items),
      each: Math.max(a.extent.each, b.extent.each),
    },
  };
}

/** The names of all factors; reports what two of them have. */
export function combined(
  factors: readonly ReadonlyMap<string, KnownName>[],
  { report }: Reading,
): Map<string, KnownName> {
  const names = new Map<string, KnownName>();
  for (const factor of factors) {
    for (const [name, info] of factor) {
      const earlier = names.get(name);
      if (earlier === undefined) names.set(name, info);
      else if ((info.range ?? earlier.range) !== undefined) {
        report(
          'name-conflict',
          (info.range ?? earlier.range) as TextRange,
          `"${name}" stands in two blocks that are combined with each other, and a run can have it once; rename one of them`,
        );
      }
    }
  }
  return names;
}

/** Adds what is derived; a value that takes what a run lacks is lacking too. */
export function addDerived(
  steps: readonly (Condition | Derived)[],
  written: readonly WrittenStep[],
  names: Map<string, KnownName>,
): void {
  const ranges = new Map(written.map(({ kind, name, nameRange }) => [`${kind} ${name}`, nameRange]));
  for (const step of steps) {
    if (step.kind !== 'derived') continue;
    const { name, path, expression } = step;
    const lacking = expression.names.find((other) => names.get(other)?.absence !== undefined);
    names.set(name, {
      path,
      range: ranges.get(`derived ${name}`),
      variable: () => variableOfExpression(expression),
      absence: lacking === undefined ? undefined : `"${name}" takes "${lacking}", which not every run has`,
    });
  }
}

/** Adds the names that `include` brings, and remembers what the runs that it adds lack. */
export function addInclusions(
  rules: readonly Rule[],
  parameters: readonly ReadParameter[],
  names: Map<string, KnownName>,
): void {
  for (const rule of rules) {
    if (rule.kind !== 'values') continue;
    for (const name of rule.values.keys()) if (!names.has(name)) names.set(name, addedByInclusion(name));
    // Whether a run has these values is known for sure only when there is a plan; here, where none can have them.
    if (!parameters.some((parameter) => cannotBe(parameter, rule.values.get(parameter.name)))) continue;
    for (const [name, info] of names) {
      if (info.absence === undefined && !rule.values.has(name)) {
        names.set(name, { ...info, absence: `a run that "include" adds has no "${name}"` });
      }
    }
  }
}

function cannotBe({ domain }: ReadParameter, value: ParamValue | undefined): boolean {
  if (value === undefined || domain === undefined) return false;
  if (domain.kind === 'constant') return !sameValue(domain.value, value);
  if (domain.kind !== 'values' || domain.values.length > mostKnownValues) return false;
  for (let index = 0; index < domain.values.length; index++) {
    if (sameValue(domain.values.at(index), value)) return false;
  }
  return true;
}

function addedByInclusion(name: string): KnownName {
  return {
    path: [name],
    range: undefined,
    variable: () => variableOf(undefined),
    absence: `only runs that "include" names have "${name}"`,
  };
}

/** Adds the names that repeated runs get; reports a parameter that has one of them. */
export function addReplicates(map: MapNode, names: Map<string, KnownName>, { report }: Reading): void {
  const range = map.entries.get('replicates')?.keyRange;
  for (const name of [replicateName, replicateSeedName]) {
    const own = names.get(name);
    if (own !== undefined) {
      report(
        'name-conflict',
        own.range ?? range ?? map.range,
        `"replicates" gives each run a parameter "${name}"; give this one another name`,
      );
    }
    names.set(name, { path: [name], range, variable: () => variableOfValues([0]), absence: undefined });
  }
}
