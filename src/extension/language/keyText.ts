import type { JsonSchema } from '../../core/sweepFile/jsonSchema.ts';
import { writeYaml } from '../../core/sweepFile/writeYaml.ts';
import { alternativesOf } from './schemaWalk.ts';

const mostExamples = 2;

/** What a key means, its default and examples: Markdown. */
export function keyText(name: string, schema: JsonSchema, root: JsonSchema): string {
  const parts = [describe(schema, root)];
  const defaultValue = schema.default;
  // A description that tells of a default says more than the value alone.
  if (defaultValue !== undefined && !/\bdefault\b/i.test(parts[0] ?? '')) {
    parts.push(`Default: \`${JSON.stringify(defaultValue)}\`.`);
  }
  const examples = (schema.examples ?? []).slice(0, mostExamples);
  if (examples.length > 0) {
    const code = examples.map((example) => writeYaml({ [name]: example }).trimEnd()).join('\n');
    parts.push(`\`\`\`yaml\n${code}\n\`\`\``);
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

function describe(schema: JsonSchema, root: JsonSchema): string {
  if (schema.description !== undefined) return schema.description;
  return alternativesOf(schema, root).find(({ description }) => description !== undefined)?.description ?? '';
}
