import { expect, test } from 'vitest';
import { permutationImportance } from '../../../../src/core/analysis/importance.ts';
import { uniformAt } from '../../../../src/core/plan/sampling/random.ts';
import { runsOf, sample } from './samples.ts';

const size = 150;
const uniform = (name: string) => Array.from({ length: size }, (_, run) => uniformAt(1, name, run) * 2 - 1);
const [curved, straight, idle] = [uniform('curved'), uniform('straight'), uniform('idle')];
const solver = uniform('solver').map((value) => (value < 0 ? 'rk4' : 'euler'));
const y = curved.map((value, run) => 4 * value ** 2 + (straight[run] as number));

test('sees an effect that is no line, and none where there is none; the same each time', () => {
  const taken = sample(runsOf({ idle, straight, curved, solver }, y));
  const analysis = permutationImportance(taken, 7);
  expect(analysis.parameters.map(({ name }) => name).slice(0, 2)).toEqual(['curved', 'straight']);
  const [first, second, ...others] = analysis.parameters;
  expect(first?.value).toBeGreaterThan(0.5);
  expect(second?.value).toBeGreaterThan(0.1);
  for (const { value } of others) expect(Math.abs(value)).toBeLessThan(0.05);
  expect(analysis.r2).toBeGreaterThan(0.7);
  expect(analysis.notes).toEqual([]);
  expect(permutationImportance(taken, 7)).toEqual(analysis);
});

test('says that a forest which predicts nothing tells nothing', () => {
  const { parameters, notes } = permutationImportance(sample(runsOf({ idle, curved }, straight)));
  expect(notes).toMatchObject([{ kind: 'poor-prediction' }]);
  for (const { value, low, high } of parameters) expect([value, low, high].every(Number.isFinite)).toBe(true);
});

test('needs thirty runs', () => {
  const { parameters, notes } = permutationImportance(
    sample(runsOf({ curved: curved.slice(0, 29) }, y.slice(0, 29))),
  );
  expect(parameters).toEqual([]);
  expect(notes).toEqual([{ kind: 'few-runs', runs: 29, needed: 30 }]);
});
