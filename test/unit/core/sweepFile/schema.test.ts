import { expect, test } from 'vitest';
import * as z from 'zod';
import { type JsonSchema, sweepFileJsonSchema } from '../../../../src/core/sweepFile/jsonSchema.ts';
import { sweepFileSchema } from '../../../../src/core/sweepFile/schema.ts';
import { fileOf } from './problems.ts';

const json = z.toJSONSchema(sweepFileSchema, { io: 'input', unrepresentable: 'any' });

test('the schema can be handed to editors as JSON Schema, every key with its meaning and an example', () => {
  for (const [key, property] of Object.entries(json.properties ?? {})) {
    expect(property, key).toMatchObject({ description: expect.stringMatching(/^.+\.$/s) });
    expect(property, key).toMatchObject({ examples: expect.arrayContaining([expect.anything()]) });
  }
  expect(json).toMatchObject({ additionalProperties: false });
});

/** Every key of every mapping in the schema, with what is said of it. */
function keysIn(schema: unknown, found = new Map<string, JsonSchema[]>()): Map<string, JsonSchema[]> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, property] of Object.entries((schema as JsonSchema).properties ?? {})) {
    found.set(key, [...(found.get(key) ?? []), property]);
  }
  for (const [key, value] of Object.entries(schema)) if (key !== 'examples') keysIn(value, found);
  return found;
}

test('every key of a parameter and of a block has its meaning and an example', () => {
  const keys = keysIn(sweepFileJsonSchema());
  const wanted = [
    'value',
    'values',
    'from',
    'min',
    'scale',
    'distribution',
    'probabilities',
    'sigma',
    'lambda',
  ];
  for (const key of [...wanted, 'nominal', 'when', 'parameters', 'sweep', 'cross', 'exclude', 'replicates']) {
    expect(keys.get(key), key).toBeDefined();
    for (const property of keys.get(key) ?? []) {
      expect(property, key).toMatchObject({
        description: expect.stringMatching(/\.$/),
        examples: expect.arrayContaining([expect.anything()]),
      });
    }
  }
});

/** What else a file needs for an example to make sense. */
const companions: Readonly<Record<string, object>> = {
  runs: { parameters: undefined },
  criterion: { method: 'latin_hypercube', samples: 4 },
  design: { samples: 4 },
  sweep: { parameters: undefined },
};

test('every example of the schema is a sound sweep file', () => {
  for (const [key, property] of Object.entries(json.properties ?? {})) {
    for (const example of (property as { examples?: unknown[] }).examples ?? []) {
      const space = { parameters: { mass: [1, 900], thrust: [2, 1.6] }, ...companions[key] };
      const command = ['program', 'interpreter', 'command'].includes(key) ? { program: 'a' } : { cmd: ['a'] };
      expect(() => fileOf(JSON.stringify({ ...command, ...space, [key]: example })), key).not.toThrow();
    }
  }
});

test('every example of a parameter is a sound parameter', () => {
  const beside: Readonly<Record<string, object>> = {
    min: { max: 0.1 },
    max: { min: 0.0001 },
    steps: { min: 1, max: 2 },
    step: { min: 1, max: 2 },
    scale: { min: 1, max: 2, steps: 3 },
    distribution: { min: 1, max: 2 },
    probabilities: { values: [1, 2, 3] },
    mu: { distribution: 'normal' },
    sigma: { distribution: 'normal' },
    q: { distribution: 'q_normal' },
    a: { distribution: 'beta' },
    b: { distribution: 'beta' },
    mode: { distribution: 'triangular', min: 0, max: 1 },
    rate: { distribution: 'exponential' },
    shape: { distribution: 'weibull' },
    lambda: { distribution: 'poisson' },
    p: { distribution: 'bernoulli' },
    nominal: { values: [900, 1000] },
    when: { values: [1] },
  };
  const parameter = Object.values(sweepFileJsonSchema().definitions ?? {})
    .flatMap((definition) => (definition.additionalProperties as JsonSchema | undefined)?.anyOf ?? [])
    .find(({ properties }) => properties !== undefined);
  const keys = Object.entries(parameter?.properties ?? {}).filter(([key]) => key !== 'from');
  expect(keys.length).toBeGreaterThan(20);
  for (const [key, { examples = [] }] of keys) {
    for (const example of examples) {
      const file = {
        cmd: ['a'],
        method: 'random',
        samples: 3,
        parameters: { solver: ['rk4'], x: { ...beside[key], [key]: example } },
      };
      expect(() => fileOf(JSON.stringify(file)), key).not.toThrow();
    }
  }
});
