import type { JsonSchema } from '../../core/sweepFile/jsonSchema.ts';
import type { TextUse } from '../../core/sweepFile/schemaParts.ts';
import type { SourceNode, SourcePath } from '../../core/sweepFile/source.ts';

/** The plain schemas that a schema stands for: references followed, alternatives side by side. */
export function alternativesOf(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  return [...partsOf(schema, root)].filter((part) => choicesIn(part, root) === undefined);
}

/** What a text at a place may be, beyond a text. */
export function textUsesOf(schemas: readonly JsonSchema[], root: JsonSchema): ReadonlySet<TextUse> {
  const parts = schemas.flatMap((schema) => [...partsOf(schema, root)]);
  return new Set(parts.flatMap((part) => part['x-multirun'] ?? []));
}

/** A schema and everything that it is composed of, on the same level. */
function partsOf(schema: JsonSchema, root: JsonSchema, seen = new Set<JsonSchema>()): Set<JsonSchema> {
  if (seen.has(schema)) return seen;
  seen.add(schema);
  for (const part of choicesIn(schema, root) ?? []) partsOf(part, root, seen);
  return seen;
}

function choicesIn(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] | undefined {
  const target = schema.$ref === undefined ? undefined : resolve(schema.$ref, root);
  return target !== undefined ? [target] : (schema.anyOf ?? schema.oneOf ?? schema.allOf);
}

function resolve(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (reference === '#') return root;
  const name = /^#\/definitions\/(.+)$/.exec(reference)?.[1];
  return name === undefined ? undefined : root.definitions?.[name];
}

/**
 * What may stand at a place: the schemas as they are written, with what they say of the place, before their alternatives
 * are looked at. `value` is what the file holds, so that of several kinds of mappings only those are followed that have
 * the keys that are there. Nothing where the schema knows no such place.
 */
export function schemasAt(root: JsonSchema, path: SourcePath, value: SourceNode | undefined): JsonSchema[] {
  let schemas: JsonSchema[] = [root];
  let node = value;
  for (const step of path) {
    const here = fitting(
      schemas.flatMap((schema) => alternativesOf(schema, root)),
      node,
      step,
    );
    schemas = here.flatMap((schema) => childOf(schema, step) ?? []);
    node = childNode(node, step);
  }
  return schemas;
}

function childOf(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  if (typeof step === 'number')
    return Array.isArray(schema.items) ? schema.items[step] : asSchema(schema.items);
  const own = Object.hasOwn(schema.properties ?? {}, step) ? schema.properties?.[step] : undefined;
  return own ?? asSchema(schema.additionalProperties);
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

function childNode(node: SourceNode | undefined, step: string | number): SourceNode | undefined {
  if (node?.kind === 'list') return node.items[Number(step)];
  return node?.kind === 'map' ? node.entries.get(String(step))?.node : undefined;
}

/**
 * Of several kinds of mappings those that allow all keys which a mapping has, with the constants that it has; all of them
 * when none does. The key `except` is not counted.
 */
export function fitting(
  schemas: readonly JsonSchema[],
  node: SourceNode | undefined,
  except?: string | number,
): readonly JsonSchema[] {
  if (node?.kind !== 'map' || schemas.length < 2) return schemas;
  const suits = (schema: JsonSchema): boolean => {
    for (const [key, entry] of node.entries) {
      if (key === except) continue;
      const child = childOf(schema, key);
      if (child === undefined || !allows(child, entry.node)) return false;
    }
    return true;
  };
  const suiting = schemas.filter(suits);
  return suiting.length > 0 ? suiting : schemas;
}

function allows(schema: JsonSchema, node: SourceNode): boolean {
  const constants = schema.const === undefined ? schema.enum : [schema.const];
  return (
    constants === undefined || node.kind !== 'scalar' || node.value === null || constants.includes(node.value)
  );
}

/** A key that a mapping may have. */
export interface KnownKey {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** The keys that the mapping at a place may have, those it has included, in the schema's order. */
export function keysAt(root: JsonSchema, path: SourcePath, value: SourceNode | undefined): KnownKey[] {
  let node = value;
  for (const step of path) node = childNode(node, step);
  const keys = new Map<string, KnownKey>();
  const mappings = fitting(
    schemasAt(root, path, value)
      .flatMap((schema) => alternativesOf(schema, root))
      .filter(({ properties }) => properties !== undefined),
    node,
  );
  for (const { properties = {}, required = [] } of mappings) {
    for (const [name, schema] of Object.entries(properties)) {
      if (!keys.has(name)) keys.set(name, { name, schema, isRequired: required.includes(name) });
    }
  }
  return [...keys.values()];
}
