import type { TextRange } from '../../core/diagnostic.ts';
import { sweepFileJsonSchema } from '../../core/sweepFile/jsonSchema.ts';
import type { SourceNode } from '../../core/sweepFile/source.ts';
import { meaningOf } from './completion.ts';
import { keyText } from './keyText.ts';
import { placeAt } from './places.ts';
import { alternativesOf, fitting, keysAt, schemasAt } from './schemaWalk.ts';

/** What is told of a thing that the mouse is on: Markdown, and the range of the thing. */
export interface HoverText {
  readonly markdown: string;
  readonly range: TextRange;
}

/** What a key or one of its fixed values means; undefined for what people name themselves. */
export function schemaHover(root: SourceNode, offset: number): HoverText | undefined {
  const place = placeAt(root, offset);
  if (place === undefined) return undefined;
  const schema = sweepFileJsonSchema();
  const { path, range } = place;
  const name = path.at(-1);
  if (place.kind === 'key') {
    const key = keysAt(schema, path.slice(0, -1), root).find((known) => known.name === name);
    if (key === undefined) return undefined;
    return { markdown: `**${key.name}**\n\n${keyText(key.name, key.schema, schema)}`, range };
  }
  const { node } = place;
  if (node.kind !== 'scalar') return undefined;
  const schemas = schemasAt(schema, path, root);
  const isChoice = fitting(
    schemas.flatMap((one) => alternativesOf(one, schema)),
    node,
  ).some((one) => one.enum?.includes(node.value) || one.const === node.value);
  if (!isChoice) return undefined;
  const description = schemas.find((one) => one.description !== undefined)?.description ?? '';
  return { markdown: `**${node.value}**\n\n${meaningOf(String(node.value), description)}`, range };
}
