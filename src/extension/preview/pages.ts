import { t } from '@vscode/l10n';
import { paramAt } from '../../core/params.ts';
import type { Rule } from '../../core/plan/parameterSpace.ts';
import type { ParamMap } from '../../core/run.ts';
import { runLabel } from '../../core/sweepDirectory/layout.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatParams, formatValue, oneLine } from '../text/format.ts';
import type { Comparison, RunSequence } from './comparison.ts';
import type { PreviewColumn, PreviewFilter, PreviewRow, RowMark } from './protocol.ts';

/** Everything that rows are made of. */
export interface PreviewRuns {
  readonly plan: RunSequence & {
    readonly names: readonly string[];
    /** Why a run has no parameters; undefined where all is well. */
    failure(run: number): string | undefined;
  };
  /** What the sweep file leaves out, and why. */
  readonly excluded: { readonly size: number; at(index: number): { params: ParamMap; reason: string } };
  /** The last sweep of the file; undefined when there is none. */
  readonly past: (RunSequence & { readonly names: readonly string[] }) | undefined;
  /** Undefined until it is made, and where there is none. */
  readonly comparison: Comparison | undefined;
}

/** A page is never longer, whatever is asked for. */
const mostRows = 500;
/** So many rows tell whether a column holds numbers. */
const sampledRows = 50;

/** How many rows a filter shows. */
export function sizeOf(runs: PreviewRuns, filter: PreviewFilter): number {
  switch (filter) {
    case 'all':
      return runs.plan.size;
    case 'excluded':
      return runs.excluded.size;
    case 'added':
    case 'kept':
    case 'gone':
      return runs.comparison?.[filter].length ?? 0;
    default:
      return unreachable(filter);
  }
}

/** Rows from a position on; fewer where there are no more. */
export function rowsOf(runs: PreviewRuns, filter: PreviewFilter, first: number, count: number): PreviewRow[] {
  const end = Math.min(sizeOf(runs, filter), first + Math.min(count, mostRows));
  const rows: PreviewRow[] = [];
  for (let position = Math.max(0, first); position < end; position++)
    rows.push(rowAt(runs, filter, position));
  return rows;
}

/** The parameters of the run in a row; undefined where there is no such row. */
export function paramsAt(runs: PreviewRuns, filter: PreviewFilter, row: number): ParamMap | undefined {
  if (!(row >= 0 && row < sizeOf(runs, filter))) return undefined;
  if (filter === 'excluded') return runs.excluded.at(row).params;
  const index = indexOf(runs, filter, row);
  return filter === 'gone' ? runs.past?.at(index) : runs.plan.at(index);
}

/** The columns of the plan, or of the runs that are gone. */
export function columnsOf(runs: RunSequence & { readonly names: readonly string[] }): PreviewColumn[] {
  const sample = Array.from({ length: Math.min(sampledRows, runs.size) }, (_, index) => runs.at(index));
  return runs.names.map((name) => ({
    name: oneLine(name, 100),
    isNumber: sample.every((params) => /^(number|undefined)$/.test(typeof paramAt(params, name))),
  }));
}

/** Where a row of a filter stands in its plan or sweep. */
function indexOf(runs: PreviewRuns, filter: Exclude<PreviewFilter, 'excluded'>, row: number): number {
  return filter === 'all' ? row : (runs.comparison?.[filter][row] as number);
}

function rowAt(runs: PreviewRuns, filter: PreviewFilter, position: number): PreviewRow {
  const { plan, past } = runs;
  if (filter === 'excluded') {
    const { params, reason } = runs.excluded.at(position);
    return { label: '', mark: 'excluded', cells: cellsOf(params, plan.names), reason };
  }
  const index = indexOf(runs, filter, position);
  if (filter === 'gone') {
    const { names = [], size = 0 } = past ?? {};
    const params = past?.at(index) ?? {};
    return { label: runLabel(index, size), mark: 'gone', cells: cellsOf(params, names), reason: '' };
  }
  const params = plan.at(index);
  const mark = markOf(runs, filter, index);
  const failure = plan.failure(index);
  const cells = failure === undefined ? cellsOf(params, plan.names) : [failure];
  return { label: runLabel(index, plan.size), mark, cells, reason: '' };
}

function markOf({ comparison }: PreviewRuns, filter: 'all' | 'added' | 'kept', index: number): RowMark {
  if (filter !== 'all') return filter;
  if (comparison === undefined) return 'plain';
  return includes(comparison.added, index) ? 'added' : 'kept';
}

/** Whether a sorted list has a number. */
function includes(sorted: Uint32Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}

function cellsOf(params: ParamMap, names: readonly string[]): string[] {
  return names.map((name) => {
    const value = paramAt(params, name);
    return value === undefined ? '' : formatValue(value);
  });
}

/** Why a point is left out, as the sweep file says it. */
export function exclusionReason(rule: Rule | undefined): string {
  if (rule === undefined) return t('no rule of “include” holds');
  const text =
    rule.kind === 'expression'
      ? rule.expression.source
      : formatParams(Object.fromEntries(rule.values), [...rule.values.keys()]);
  return oneLine(text);
}
