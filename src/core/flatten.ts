import { forEachParam, isParamMap } from './params.ts';
import type { ParamValue } from './run.ts';

/**
 * Values by their dotted names ("optimizer.rate"), whether they are parameters or results. Lists are values, and so is an
 * empty mapping. What is no mapping stands alone under `name`; undefined is nothing.
 */
export function flatten(value: unknown, name = 'result'): Map<string, ParamValue> {
  const flat = new Map<string, ParamValue>();
  // What was read from a JSON file or goes into one.
  const json = value as ParamValue | undefined;
  if (isParamMap(json)) forEachParam(json, (dotted, entry) => flat.set(dotted, entry));
  else if (json !== undefined) flat.set(name, json);
  return flat;
}
