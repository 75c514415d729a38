import * as z from 'zod';
import { sweepFileSchema } from './schema.ts';
import type { TextUse } from './schemaParts.ts';

/**
 * What a value may be, in JSON Schema's words (draft 7, as far as zod writes it). `x-multirun` tells an editor what a text
 * holds: see {@link TextUse}.
 */
export interface JsonSchema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-multirun'?: TextUse;
}

let made: JsonSchema | undefined;

/** The schema of sweep files for editors: every key with its meaning, its default and examples. */
export function sweepFileJsonSchema(): JsonSchema {
  made ??= {
    title: 'Multirun sweep file',
    ...z.toJSONSchema(sweepFileSchema, { io: 'input', unrepresentable: 'any', target: 'draft-7' }),
  } as JsonSchema;
  return made;
}
