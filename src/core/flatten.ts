/**
 * A mapping's values by name; what lies in mappings within it has a dotted name ("optimizer.rate"). Lists are values, and so
 * is an empty mapping. A value that is no mapping stands alone under `name`.
 */
export function flatten(value: unknown, name = 'result'): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  if (!isMapping(value)) {
    if (value !== undefined) flat.set(name, value);
    return flat;
  }
  const add = (prefix: string, mapping: { readonly [key: string]: unknown }) => {
    for (const [key, entry] of Object.entries(mapping)) {
      if (isMapping(entry) && Object.keys(entry).length > 0) add(`${prefix}${key}.`, entry);
      else flat.set(`${prefix}${key}`, entry);
    }
  };
  add('', value);
  return flat;
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
