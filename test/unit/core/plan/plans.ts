import type { Block, Parameter, Sampling } from '../../../../src/core/plan/parameterSpace.ts';
import { type Plan, runsOf } from '../../../../src/core/plan/plan.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import { runList } from '../../../../src/core/plan/points/listed.ts';
import type { ParamMap, ParamValue } from '../../../../src/core/run.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { parseTable } from '../../../../src/core/sweepFile/tableFile.ts';

/** Parameters with these values. */
export function parametersOf(columns: ReadonlyMap<string, readonly ParamValue[]>): Parameter[] {
  return [...columns].map(([name, values]) => ({
    name,
    path: [name],
    domain: { kind: 'values', values },
    nominal: undefined,
  }));
}

/** A block with this sampling and nothing else. */
export function blockOf(sampling: Sampling): Block {
  return {
    place: '',
    sampling,
    union: undefined,
    cross: [],
    steps: [],
    exclude: [],
    include: [],
    replicates: undefined,
    limit: undefined,
    range: { start: 0, end: 0 },
  };
}

/** The plan of a sampling. Throws what is wrong with it. */
export function planOfSampling(sampling: Sampling): Plan {
  return sound(planSweep({ block: blockOf(sampling), seed: undefined }));
}

/** The plan of listed runs. */
export function planOfRuns(runs: readonly ParamMap[]): Plan {
  return planOfSampling({ method: 'list', runs: runList(runs) });
}

/** What a test plans a sweep file with. */
export interface PlanTextOptions {
  /** Contents of the files that it takes values from. */
  readonly files?: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly mostScanned?: number;
}

/** Reads and plans a sweep file that needs nothing but its parameters. */
export function readPlan(text: string, { files = {}, ...options }: PlanTextOptions = {}) {
  const whole = /^(cmd|program|command):/m.test(text) ? text : `cmd: [run]\n${text}`;
  const tables = new Map(Object.entries(files).map(([path, content]) => [path, parseTable(path, content)]));
  const { file, diagnostics } = parseSweepFile(whole, { path: '/home/ada/sweep.yaml', files: tables });
  const planned = file && planSweep(file.space, options);
  return { plan: planned?.plan, problems: [...diagnostics, ...(planned?.problems ?? [])], text: whole };
}

/** The plan of a sweep file. Throws what is wrong with it. */
export function planOf(text: string, options?: PlanTextOptions): Plan {
  const { plan, problems } = readPlan(text, options);
  return sound({ plan, problems });
}

/** The runs of a sweep file, in order. */
export function runsIn(text: string, options?: PlanTextOptions): ParamMap[] {
  return [...runsOf(planOf(text, options))];
}

/** The problems of a sweep file and of its plan, as code and place. */
export function planProblems(text: string, options?: PlanTextOptions): string[] {
  const read = readPlan(text, options);
  return read.problems.map(
    ({ code, range }) => `${code} at ${JSON.stringify(read.text.slice(range.start, range.end))}`,
  );
}

function sound({
  plan,
  problems,
}: Pick<ReturnType<typeof readPlan>, 'plan'> & { problems: readonly { message: string }[] }): Plan {
  if (plan === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return plan;
}
