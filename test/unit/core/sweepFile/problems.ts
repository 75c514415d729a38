import type { ParameterSpace } from '../../../../src/core/plan/parameterSpace.ts';
import { runsOf } from '../../../../src/core/plan/plan.ts';
import { planSweep } from '../../../../src/core/plan/planSweep.ts';
import type { ParamMap } from '../../../../src/core/run.ts';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';

/** Each problem of a sweep file in one line: its code, the text that it is shown at, and the text that would repair it. */
export function problemsOf(text: string, path = '/home/ada/lander/sweep.yaml'): string[] {
  return parseSweepFile(text, { path }).diagnostics.map(({ code, range, suggestion }) => {
    const shown = `${code} at ${JSON.stringify(text.slice(range.start, range.end))}`;
    return suggestion === undefined ? shown : `${shown}, repaired by ${JSON.stringify(suggestion)}`;
  });
}

/** What a sound sweep file says. Throws what is wrong with any other. */
export function fileOf(text: string, path = '/home/ada/lander/sweep.yaml') {
  const { file, diagnostics } = parseSweepFile(text, { path });
  if (file === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return file;
}

/** All runs of a space. */
export function runsOfSpace(space: ParameterSpace): ParamMap[] {
  const { plan, problems } = planSweep(space);
  if (plan === undefined) throw new Error(problems[0]?.message);
  return [...runsOf(plan)];
}

/** A sweep file without problems to which a test adds one; `more` are lines. */
export function soundExcept(...more: string[]): string {
  const lines = ['cmd: [echo, "${mass}"]', 'parameters:', '  mass: [900, 1000]'];
  const keys = new Set(more.map((line) => /^\w+/.exec(line)?.[0]));
  return [
    ...(keys.has('cmd') ? [] : lines.slice(0, 1)),
    ...(keys.has('parameters') ? [] : lines.slice(1)),
    ...more,
    '',
  ].join('\n');
}
