import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distributionNames, parameterKeys } from '../../src/core/sweepFile/parameterSchema.ts';
import { methods, spaceShape } from '../../src/core/sweepFile/spaceSchema.ts';
import { readPlan } from './core/plan/plans.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const reference = read('docs/sweep-file.md');

/** The examples in a text: each with the heading that it stands under. */
function examplesIn(text: string): [heading: string, example: string][] {
  return [...text.matchAll(/```yaml\n(.*?)```/gs)].map((match) => [
    text
      .slice(0, match.index)
      .match(/^#+ .*$/gm)
      ?.at(-1) ?? '',
    match[1] as string,
  ]);
}

const files = {
  'masses.csv': 'mass,comment\n900,light\n1000,\n1100,heavy\n',
  'points.csv': 'mass,thrust\n900,1.4\n900,1.6\n1000,1.4\n1100,1.6\n',
};

describe('the reference of the sweep file', () => {
  test.each(examplesIn(reference))('%s: each example plans the runs that it says', (_, example) => {
    const count = Number(/^# (\d+) runs?\b/.exec(example)?.[1]);
    const { plan, problems } = readPlan(example, { files, seed: 3 });
    expect(problems).toEqual([]);
    expect(plan?.size).toBe(count);
  });

  test.each([
    ['key', Object.keys(spaceShape)],
    ['key of a parameter', parameterKeys],
    ['distribution', distributionNames],
    ['method', methods],
  ])('names every %s', (_, names) => {
    const missing = names.filter(
      (name) => !reference.includes(`\`${name}\``) && !reference.includes(`\`${name}:`),
    );
    expect(missing).toEqual([]);
  });
});

test.each(examplesIn(read('README.md')).filter(([, example]) => /^(cmd|program):/m.test(example)))(
  'the README, %s: each sweep file is sound',
  (_, example) => {
    const { plan, problems } = readPlan(example, { files });
    expect(problems).toEqual([]);
    expect(plan?.size).toBeGreaterThan(0);
  },
);
