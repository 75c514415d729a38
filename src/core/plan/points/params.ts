import type { ParamMap, ParamValue } from '../../run.ts';
import type { Points, Row } from './points.ts';

/** Makes of the values of a point what a run gets: nested as the parameters are, without those that the point lacks. */
export function paramsReader(points: Points): (index: number) => ParamMap {
  const row: Row = new Array(points.columns.length);
  const paths = points.columns.map(({ path }) => path);
  return (index) => {
    points.fill(index, row, 0);
    const params: Record<string, ParamValue> = {};
    for (let column = 0; column < paths.length; column++) {
      const value = row[column];
      const path = paths[column] as readonly string[];
      if (value === undefined || path.length === 0) continue;
      if (path.length === 1) params[path[0] as string] = value;
      else put(params, path, value);
    }
    return params;
  };
}

type Nested = { [name: string]: ParamValue | Nested };

function put(params: Nested, path: readonly string[], value: ParamValue): void {
  let place = params;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const key = path[depth] as string;
    place[key] ??= {};
    place = place[key] as Nested;
  }
  place[path.at(-1) as string] = value;
}
