import { columnKey } from '../../../core/resultsTable/column.ts';
import { type Model, orderedColumns } from '../model.ts';
import { isDrawable } from './values.ts';

/** The kinds of plots, in the order in which they are offered, with what a person chooses for each. */
export const kinds = {
  parallel: ['axes', 'colour'],
  scatter: ['x', 'y', 'colour', 'size'],
  lines: ['x', 'value', 'group'],
  heatmap: ['x', 'y', 'value'],
  contour: ['x', 'y', 'value'],
  histogram: ['value', 'group'],
  ecdf: ['value', 'group'],
  box: ['value', 'group'],
  matrix: ['axes', 'colour'],
  pareto: ['x', 'y', 'colour'],
  convergence: ['value', 'group'],
  outcome: ['x'],
} as const satisfies Record<string, readonly Slot[]>;

export type PlotKind = keyof typeof kinds;

/** What a column can be chosen for; `axes` takes several, the others one. */
export type Slot = 'axes' | 'x' | 'y' | 'value' | 'colour' | 'size' | 'group';

/** The columns of a plot, by their keys. */
export interface Slots {
  readonly axes?: readonly string[];
  readonly x?: string;
  readonly y?: string;
  readonly value?: string;
  readonly colour?: string;
  readonly size?: string;
  readonly group?: string;
}

/** What a person has chosen; plain data, so that it can be kept. What is absent is chosen for them. */
export interface Choices {
  readonly kind?: PlotKind;
  /** An empty key is the choice of no column. */
  readonly slots: Partial<Record<PlotKind, Slots>>;
  /** Whether columns are drawn on logarithmic scales, by their keys. */
  readonly log: Readonly<Record<string, boolean>>;
  /** The results of which more is better, in a plot of Pareto's front; of the metric its goal says so. */
  readonly maximized: Readonly<Record<string, boolean>>;
}

export const noChoices: Choices = { slots: {}, log: {}, maximized: {} };

/** Whether a column is drawn on a logarithmic scale: as chosen, else where a parameter's values ask for it. */
export function isLogarithmic(model: Model, { log }: Choices, key: string): boolean {
  const column = model.table.columns.get(key);
  if (column === undefined || !(model.facts(column).max > 0)) return false;
  return log[key] ?? (column.kind === 'parameter' && model.isSpreadOut(column));
}

/** Slots that may be empty. */
export const optionalSlots: ReadonlySet<Slot> = new Set<Slot>(['colour', 'size', 'group']);

/** Slots that take numbers alone. */
const numericSlots: ReadonlySet<Slot> = new Set<Slot>(['value', 'size']);

/** Lines with more axes cannot be followed, and scatter plots beside each other become too small. */
const mostAxes = { parallel: 10, matrix: 5 } as const;

/** The keys of the columns that can be chosen for a slot. */
export function columnsFor(model: Model, kind: PlotKind, slot: Slot): string[] {
  const isNumeric = (key: string) => {
    const column = model.table.columns.get(key);
    return column !== undefined && model.facts(column).isNumeric;
  };
  const wantsNumbers =
    numericSlots.has(slot) || kind === 'contour' || kind === 'pareto' ? slot !== 'colour' : false;
  return orderedColumns(model)
    .filter((column) => isDrawable(model, column))
    .map(({ key }) => key)
    .filter((key) => !wantsNumbers || isNumeric(key));
}

/** The kind of plot that shows most where nobody has chosen, by how many parameters vary and of which kind they are. */
export function defaultKind(model: Model): PlotKind {
  const { numeric, words, metric } = factsFor(model);
  if (metric === undefined) return numeric.length + words.length > 2 ? 'parallel' : 'outcome';
  const count = numeric.length + words.length;
  if (count === 0) return 'histogram';
  if (count > 2) return 'parallel';
  if (count === 1) {
    if (words.length === 1) return 'box';
    return isGrid(model, numeric) ? 'lines' : 'scatter';
  }
  if (numeric.length === 1) return 'lines';
  return isGrid(model, [...numeric, ...words]) ? 'heatmap' : 'scatter';
}

/** The columns of a plot: what was chosen where it is still there, and a good choice elsewhere. */
export function slotsOf(model: Model, kind: PlotKind, chosen: Slots = {}): Slots {
  const defaults = defaultSlots(model, kind);
  const result: Record<string, string | readonly string[] | undefined> = {};
  for (const slot of kinds[kind]) {
    const possible = columnsFor(model, kind, slot);
    if (slot === 'axes') {
      const kept = chosen.axes?.filter((key) => possible.includes(key));
      result.axes = kept !== undefined && kept.length > 1 ? kept : defaults.axes;
      continue;
    }
    const wanted = chosen[slot];
    if (wanted === '' && optionalSlots.has(slot)) continue;
    const key = wanted !== undefined && possible.includes(wanted) ? wanted : defaults[slot];
    if (key !== undefined && possible.includes(key)) result[slot] = key;
    else if (!optionalSlots.has(slot)) result[slot] = possible[0];
  }
  return result;
}

function defaultSlots(model: Model, kind: PlotKind): Slots {
  const { numeric, words, results, metric } = factsFor(model);
  const parameters = [...numeric, ...words];
  const value = metric ?? columnKey('run', 'duration_s');
  const status = columnKey('run', 'status');
  const [first = columnKey('run', 'run'), second] = parameters;
  switch (kind) {
    case 'parallel':
    case 'matrix': {
      const others = results.filter((key) => key !== metric);
      const few = parameters.length + 1 >= 3 ? [] : others;
      const axes = [...new Set([...parameters.slice(0, mostAxes[kind] - 1), ...few, value])];
      return { axes: axes.slice(-mostAxes[kind]), colour: metric ?? status };
    }
    case 'scatter': {
      // Two parameters that are no grid are a plane, and the metric its colour.
      const isPlane = metric !== undefined && numeric.length === 2 && words.length === 0;
      if (isPlane) return { x: numeric[0] as string, y: numeric[1] as string, colour: metric };
      return { x: first, y: value, ...(second === undefined ? {} : { colour: words[0] ?? second }) };
    }
    case 'lines': {
      const x = numeric[0] ?? first;
      const group = words[0] ?? numeric.find((key) => key !== x);
      return { x, value, ...(group === undefined ? {} : { group }) };
    }
    case 'heatmap':
    case 'contour': {
      const [x = first, y = numeric[0] ?? value] = kind === 'contour' ? numeric : parameters;
      return { x, y, value };
    }
    case 'histogram':
    case 'ecdf':
      return { value, ...(words[0] === undefined ? {} : { group: words[0] }) };
    case 'box':
      return { value, ...(parameters.length === 0 ? {} : { group: words[0] ?? first }) };
    case 'convergence':
      return { value };
    case 'pareto': {
      const other = results.find((key) => key !== value) ?? columnKey('run', 'duration_s');
      return { x: value, y: other, colour: first };
    }
    case 'outcome':
      return { x: first };
  }
}

/** What the choices depend on: the keys of parameters that vary, of results that do, and of the result that counts. */
function factsFor(model: Model) {
  const varying = orderedColumns(model).filter(
    (column) => model.facts(column).isVarying && isDrawable(model, column),
  );
  const parameters = varying.filter(({ kind }) => kind === 'parameter');
  const results = varying.filter((column) => column.kind === 'result' && model.facts(column).isNumeric);
  const metricKey = columnKey('result', model.metric?.name ?? '');
  return {
    numeric: parameters.filter((column) => model.facts(column).isNumeric).map(({ key }) => key),
    words: parameters.filter((column) => !model.facts(column).isNumeric).map(({ key }) => key),
    results: results.map(({ key }) => key),
    metric: (results.find(({ key }) => key === metricKey) ?? results[0])?.key,
  };
}

/** Whether the runs stand on a grid that is small enough for rows and columns of cells. */
function isGrid(model: Model, keys: readonly string[]): boolean {
  const sizes = keys.map((key) => {
    const column = model.table.columns.get(key);
    return column === undefined ? 0 : model.ranks(column).highest;
  });
  if (sizes.some((size) => size > 60)) return false;
  return sizes.reduce((product, size) => product * size, 1) <= 1.5 * model.table.size;
}
