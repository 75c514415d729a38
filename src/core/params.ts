import type { ParamMap, ParamValue } from './run.ts';

/**
 * The value of a parameter by its dotted name: a parameter of just that name, or the one that the parts of the name lead to
 * (`opt.lr` in `{"opt": {"lr": 0.1}}`). Undefined where there is none.
 */
export function paramAt(params: ParamMap, name: string): ParamValue | undefined {
  if (Object.hasOwn(params, name)) return params[name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const key = name.slice(0, dot);
    const owner = Object.hasOwn(params, key) ? params[key] : undefined;
    if (!isParamMap(owner)) continue;
    const value = paramAt(owner, name.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a value is a mapping: what nests parameters. */
export function isParamMap(value: ParamValue | undefined): value is ParamMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Calls back for each value of a run with its dotted name; nested mappings are gone through, empty ones are values. */
export function forEachParam(
  params: ParamMap,
  visit: (name: string, value: ParamValue) => void,
  prefix = '',
): void {
  for (const key in params) {
    const value = params[key] as ParamValue;
    if (isParamMap(value) && Object.keys(value).length > 0) forEachParam(value, visit, `${prefix}${key}.`);
    else visit(prefix + key, value);
  }
}

/** The values of a run by their dotted names. */
export function flatParams(params: ParamMap): ParamMap {
  const flat: [string, ParamValue][] = [];
  forEachParam(params, (name, value) => flat.push([name, value]));
  return Object.fromEntries(flat);
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function sameValue(a: ParamValue | undefined, b: ParamValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameValue(item, b[index]));
  }
  const [left, right] = [a as ParamMap, b as ParamMap];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
  );
}

/** A text that is the same for the same values, whatever the order of keys. */
export function valueKey(value: ParamValue | undefined): string {
  if (typeof value === 'string') return `"${value}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(valueKey(item))).join()}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => JSON.stringify([key, valueKey((value as ParamMap)[key])])).join()}}`;
}
