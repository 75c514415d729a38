import { isMapping } from './extractResults.ts';
import type { Metric } from './resultSources.ts';

/** The value of a metric in a run's results; undefined where there is no such number. */
export function metricOf(results: unknown, { name }: Pick<Metric, 'name'>): number | undefined {
  const value = isMapping(results) ? resultAt(results, name) : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function resultAt(results: { readonly [name: string]: unknown }, name: string): unknown {
  if (Object.hasOwn(results, name)) return results[name];
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const inner = Object.hasOwn(results, name.slice(0, dot)) ? results[name.slice(0, dot)] : undefined;
    const found = isMapping(inner) ? resultAt(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
