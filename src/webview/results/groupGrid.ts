import { type ColDef, createGrid, type GridApi } from 'ag-grid-community';
import { type Column, cellAt } from '../../core/resultsTable/column.ts';
import { formatCell, formatNumber } from '../../core/resultsTable/format.ts';
import { type GroupedColumn, type GroupedTable, groupRows } from '../../core/resultsTable/group.ts';
import { ranksOf, sortRows } from '../../core/resultsTable/order.ts';
import type { ResultsTexts } from '../../extension/results/protocol.ts';
import { gridOptions } from './gridOptions.ts';
import type { ResultsStore } from './store.ts';

/** A row as the grid holds it: the place of its group. */
interface GroupRow {
  readonly group: number;
}

/** The table of groups. */
export interface GroupGrid {
  /** Groups the shown rows anew. */
  refresh(keys: readonly Column[]): void;
  /** Shows which groups are selected. */
  showSelection(): void;
  /** The rows of the runs of a group. */
  rowsOf(group: number): readonly number[];
  /** The rows of the runs of all groups, in the order in which these stand. */
  rows(): readonly number[];
  /** How many groups there are. */
  size(): number;
}

/**
 * A row for each group of runs: what they share, how many they are, and mean ± standard deviation, minimum and maximum of
 * their results. Selecting a group selects its runs; `open` is called when a person opens one, with its rows.
 */
export function createGroupGrid(
  element: HTMLElement,
  store: ResultsStore,
  texts: ResultsTexts,
  open: (rows: Uint32Array) => void,
): GroupGrid {
  let grouped: GroupedTable = { groups: [], columns: [] };
  let columnsKnown = '';
  /** The groups as they are sorted. */
  let order: Uint32Array = new Uint32Array(0);
  const current = (id: string): GroupedColumn | undefined => grouped.columns.find((one) => idOf(one) === id);

  const definition = (one: GroupedColumn, label: string): ColDef<GroupRow> => {
    const id = idOf(one);
    const isNumeric = one.kind !== 'key' || store.model.facts(one.source as Column).isNumeric;
    return {
      colId: id,
      headerName: label,
      headerTooltip: label,
      initialWidth: Math.min(260, Math.max(one.kind === 'mean' ? 150 : 90, label.length * 7.5 + 44)),
      type: isNumeric ? 'rightAligned' : [],
      ...(one.kind === 'key' ? { initialPinned: 'left' as const } : {}),
      valueGetter: ({ data }) => {
        const column = current(id)?.column;
        return data === undefined || column === undefined ? undefined : cellAt(column, data.group);
      },
      valueFormatter: ({ value, data }) => {
        if (one.kind !== 'mean' || typeof value !== 'number' || data === undefined) return formatCell(value);
        const deviation = grouped.columns.find(
          (other) => other.kind === 'deviation' && other.source?.key === one.source?.key,
        );
        const spread = deviation && cellAt(deviation.column, data.group);
        return typeof spread === 'number' ? meanText(value, spread) : formatNumber(value);
      },
    };
  };
  const definitions = () => {
    const labels = store.model.labels();
    return shownColumns(grouped, store.model.metric?.name).map((one) =>
      definition(one, labelOf(one, labels.get(one.source?.key ?? '') ?? one.source?.name ?? '', texts)),
    );
  };
  const showSelection = (grid: GridApi<GroupRow>) =>
    grid.forEachNode((node) => {
      // A row that is being loaded has no id yet.
      if (node.id === undefined) return;
      const rows = node.data && grouped.groups[node.data.group];
      node.setSelected(rows?.every((row) => store.selection.has(row)) ?? false, false, 'api');
    });
  const takeSelection = () =>
    store.selection.select(api.getSelectedRows().flatMap(({ group }) => [...(grouped.groups[group] ?? [])]));

  const api = createGrid<GroupRow>(element, {
    ...gridOptions(),
    columnDefs: [],
    getRowId: ({ data }) => String(data.group),
    datasource: {
      getRows: ({ startRow, endRow, successCallback, sortModel }) => {
        const keys = sortModel.flatMap(({ colId, sort }) => {
          const column = current(colId)?.column;
          if (column === undefined) return [];
          return [{ ranks: ranksOf(column, grouped.groups.length), descending: sort === 'desc' }];
        });
        order = sortRows(Uint32Array.from(grouped.groups.keys()), keys);
        const part = Array.from(order.subarray(startRow, endRow), (group): GroupRow => ({ group }));
        successCallback(part, order.length);
      },
    },
    onModelUpdated: (event) => showSelection(event.api),
    onSelectionChanged: ({ source }) => source !== 'api' && takeSelection(),
    onCellDoubleClicked: ({ data }) => data && open(grouped.groups[data.group] ?? new Uint32Array(0)),
    onCellKeyDown: ({ data, event }) => {
      if (data && event instanceof KeyboardEvent && event.key === 'Enter')
        open(grouped.groups[data.group] ?? new Uint32Array(0));
    },
  });
  return {
    refresh: (keys) => {
      grouped = groupRows(store.model.table, store.shown(), keys);
      const known = definitions()
        .map(({ colId, headerName, type }) => `${colId} ${headerName} ${type}`)
        .join('\n');
      if (known !== columnsKnown) {
        columnsKnown = known;
        api.setGridOption('columnDefs', definitions());
      }
      api.refreshInfiniteCache();
    },
    showSelection: () => showSelection(api),
    rowsOf: (group) => [...(grouped.groups[group] ?? [])],
    rows: () => [...order].flatMap((group) => [...(grouped.groups[group] ?? [])]),
    size: () => grouped.groups.length,
  };
}

/** Keys and counts, the metric, the other results, and how long a run takes. */
function shownColumns(table: GroupedTable, metric: string | undefined): GroupedColumn[] {
  const hasFailures = differs(table, 'runs', 'succeeded');
  const rank = ({ kind, source }: GroupedColumn): number => {
    if (source === undefined || kind === 'key') return 0;
    if (source.kind === 'run') return 3;
    return source.name === metric ? 1 : 2;
  };
  return table.columns
    .filter(({ kind, source }) => {
      if (kind === 'succeeded') return hasFailures;
      return kind !== 'deviation' && (kind === 'key' || kind === 'mean' || source?.kind !== 'run');
    })
    .sort((a, b) => rank(a) - rank(b));
}

function idOf({ kind, source }: GroupedColumn): string {
  return `${kind} ${source?.key ?? ''}`;
}

function labelOf({ kind }: GroupedColumn, name: string, texts: ResultsTexts): string {
  switch (kind) {
    case 'key':
      return name;
    case 'runs':
      return texts.groupRuns;
    case 'succeeded':
      return texts.groupSucceeded;
    case 'mean':
    case 'deviation':
      return `${name} ${texts.groupMean}`;
    case 'min':
      return `${name} ${texts.groupMin}`;
    case 'max':
      return `${name} ${texts.groupMax}`;
  }
}

function differs({ columns, groups }: GroupedTable, one: GroupedColumn['kind'], other: typeof one): boolean {
  const [a, b] = [one, other].map((kind) => columns.find((column) => column.kind === kind)?.column);
  if (a === undefined || b === undefined) return false;
  return groups.some((_, group) => cellAt(a, group) !== cellAt(b, group));
}

/** `12.4 ± 0.3`: the deviation with two significant digits, the mean as far as it is worth it. */
export function meanText(mean: number, deviation: number): string {
  if (deviation === 0 || !Number.isFinite(deviation))
    return `${formatNumber(mean)} ± ${formatNumber(deviation)}`;
  const digits = 1 - Math.floor(Math.log10(deviation));
  if (digits < 0 || digits > 8) return `${formatNumber(mean)} ± ${Number(deviation.toPrecision(2))}`;
  return `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}
