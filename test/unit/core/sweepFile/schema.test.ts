import { expect, test } from 'vitest';
import { z } from 'zod';
import { sweepFileSchema } from '../../../../src/core/sweepFile/schema.ts';
import { fileOf } from './problems.ts';

const json = z.toJSONSchema(sweepFileSchema, { io: 'input', unrepresentable: 'any' });

test('the schema can be handed to editors as JSON Schema, every key with its meaning and an example', () => {
  for (const [key, property] of Object.entries(json.properties ?? {})) {
    expect(property, key).toMatchObject({ description: expect.stringMatching(/^.+\.$/s) });
    if (key !== 'method')
      expect(property, key).toMatchObject({ examples: expect.arrayContaining([expect.anything()]) });
  }
  expect(json).toMatchObject({ required: ['cmd'], additionalProperties: false });
});

test('every example of the schema is a sound sweep file', () => {
  for (const [key, property] of Object.entries(json.properties ?? {})) {
    for (const example of (property as { examples?: unknown[] }).examples ?? []) {
      const space = key === 'runs' ? {} : { parameters: { mass: [1], thrust: [2] } };
      expect(() => fileOf(JSON.stringify({ cmd: ['a'], ...space, [key]: example })), key).not.toThrow();
    }
  }
});
