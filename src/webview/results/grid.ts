import {
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  ColumnAutoSizeModule,
  CustomFilterModule,
  createGrid,
  EventApiModule,
  type GridApi,
  type ICellRendererParams,
  InfiniteRowModelModule,
  ModuleRegistry,
  NumberFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
} from 'ag-grid-community';
import { type Column, cellAt, columnKey } from '../../core/resultsTable/column.ts';
import type { ResultsTexts } from '../../extension/results/protocol.ts';
import { filterDefinition, filterKindOf } from './columnFilter.ts';
import { type FilterKind, type FilterModels, filterModelOf, filtersOf, isOfKind } from './filters.ts';
import { type GridRow, runCell, shown, statusCell, widthOf } from './gridCells.ts';
import { type GridMemory, inRememberedOrder, memoryOf, rememberedColumn } from './gridMemory.ts';
import { gridOptions } from './gridOptions.ts';
import { isShownAtFirst, orderedColumns, type SortBy } from './model.ts';
import type { ResultsStore } from './store.ts';

ModuleRegistry.registerModules([
  InfiniteRowModelModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  CellStyleModule,
  CustomFilterModule,
  EventApiModule,
  NumberFilterModule,
  TextFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
]);

/** The table on the page. */
export interface Grid {
  /** Shows what has changed of the rows. */
  refresh(): void;
  /** Shows that the filters were taken away elsewhere. */
  showFilters(): void;
  /** Shows which rows are selected. */
  showSelection(): void;
  /** The rows that are shown, in their order. */
  rows(): Uint32Array;
  /** Whether a column is shown. */
  isShown(column: Column): boolean;
  /** Filters by the values of this row in these columns, and by nothing else. */
  filterLike(row: number, columns: readonly Column[]): void;
  setShown(column: Column, isShown: boolean): void;
  /** Filters as before the window was reloaded: when all runs are there, since these tell what kind of filter a column has. */
  restoreFilters(): void;
}

/** Where the grid keeps what a person makes of it. */
export interface GridKeeping {
  readonly recalled: GridMemory;
  remember(memory: GridMemory): void;
}

/**
 * AG Grid over the columns of the store; `open` is called when a person opens a row. Sorting and filtering are the model's:
 * with 100,000 rows AG Grid's own row model takes 0.3 s to sort, ours 0.02 s; and it makes a row only when it is looked at.
 */
export function createResultsGrid(
  element: HTMLElement,
  store: ResultsStore,
  texts: ResultsTexts,
  open: (row: number) => void,
  { recalled, remember }: GridKeeping,
): Grid {
  const { model, selection } = store;
  let rows: Uint32Array = new Uint32Array(0);
  let best: number | undefined;
  let columnsKnown = '';
  let memory = recalled;
  const keep = (part: Partial<GridMemory>) => {
    memory = { ...memory, ...part };
    remember(memory);
  };
  const metricKey = columnKey('result', model.metric?.name ?? '');
  const isShown = (column: Column) => memory.shown[column.key] ?? isShownAtFirst(model, column);

  const filterKinds = new Map<string, FilterKind>();
  const filterKind = (column: Column) => filterKinds.get(column.key) ?? 'text';
  const definition = (column: Column, label: string): ColDef<GridRow> => {
    const { isNumeric } = model.facts(column);
    const sort = column.key === metricKey && model.metric !== undefined ? model.metric.goal : undefined;
    const isIdentity = column.key === columnKey('run', 'run') || column.key === columnKey('run', 'sweep');
    return {
      colId: column.key,
      headerName: label,
      headerTooltip: label,
      hide: !isShown(column),
      initialWidth: widthOf(column, label, isNumeric),
      type: isNumeric ? 'rightAligned' : [],
      ...(sort === undefined ? {} : { initialSort: sort === 'minimize' ? 'asc' : 'desc' }),
      ...(isIdentity ? { initialPinned: 'left' as const } : {}),
      ...rememberedColumn(memory, column.key),
      ...filterDefinition(model, column, filterKind(column), texts),
      valueGetter: ({ data }) => (data === undefined ? undefined : cellAt(column, data.row)),
      valueFormatter: ({ value }) => shown(column, value),
      // Each cell that could have a tooltip costs a third more to draw.
      ...(isNumeric ? {} : { tooltipValueGetter: ({ value }) => longText(value) }),
      ...(column.key === columnKey('run', 'status')
        ? { cellRenderer: statusCell }
        : column.key === columnKey('run', 'run')
          ? { cellRenderer: (params: ICellRendererParams<GridRow>) => runCell(params, best, texts) }
          : {}),
    };
  };
  const definitions = () => {
    const labels = model.labels();
    return inRememberedOrder(orderedColumns(model), memory).map((column) =>
      definition(column, labels.get(column.key) ?? column.name),
    );
  };

  const showSelection = (grid: GridApi<GridRow>) => {
    if (selection.rows().length === 0 && grid.getSelectedNodes().length === 0) return;
    grid.forEachNode((node) => {
      // A row that is being loaded has no id yet.
      if (node.data !== undefined && node.id !== undefined)
        node.setSelected(selection.has(node.data.row), false, 'api');
    });
  };

  // What is selected elsewhere comes into view, as soon as there is one.
  let isDrawn = false;
  const seekSelection = (grid: GridApi<GridRow>) => {
    if (!isDrawn || selection.rows().length === 0) return;
    const isSeen = grid.getRenderedNodes().some(({ data }) => data !== undefined && selection.has(data.row));
    const place = isSeen ? -1 : rows.findIndex(selection.has);
    if (place >= 0) grid.ensureIndexVisible(place, 'middle');
  };

  let computed = '';
  const compute = (filterModel: FilterModels, sort: readonly SortBy[]) => {
    const wanted = JSON.stringify([model.table.version, filterModel, sort]);
    if (wanted === computed) return;
    computed = wanted;
    const filters = filtersOf(filterModel);
    rows = model.rows(filters, sort);
    store.setFilters(filters);
    const before = best;
    best = model.best();
    if (best !== before) setTimeout(() => api.redrawRows());
  };
  const api = createGrid<GridRow>(element, {
    ...gridOptions(),
    columnDefs: definitions(),
    getRowId: ({ data }) => String(data.row),
    rowClassRules: { best: ({ data }) => data !== undefined && data.row === best },
    datasource: {
      getRows: ({ startRow, endRow, successCallback, filterModel, sortModel }) => {
        compute(
          filterModel as FilterModels,
          sortModel.map(({ colId, sort }) => ({ key: colId, descending: sort === 'desc' })),
        );
        const part = Array.from(rows.subarray(startRow, endRow), (row): GridRow => ({ row }));
        successCallback(part, rows.length);
      },
    },
    onSortChanged: ({ source }) => source === 'uiColumnSorted' && keep(memoryOf(api, memory, false)),
    onFilterChanged: () => keep({ filters: { ...unknownFilters(), ...api.getFilterModel() } }),
    onColumnResized: ({ source, finished }) =>
      finished && source === 'uiColumnResized' && keep(memoryOf(api, memory, false)),
    // From now on the order is the person's.
    onColumnMoved: ({ source, finished }) =>
      finished && source === 'uiColumnMoved' && keep(memoryOf(api, memory, true)),
    onModelUpdated: (event) => showSelection(event.api),
    onFirstDataRendered: (event) => {
      isDrawn = true;
      seekSelection(event.api);
    },
    onSelectionChanged: ({ source }) => source !== 'api' && takeSelection(),
    onCellDoubleClicked: ({ data }) => data && open(data.row),
    onCellKeyDown: ({ data, event }) => {
      if (data && event instanceof KeyboardEvent && event.key === 'Enter') open(data.row);
    },
  });
  /** Remembered filters of columns that have not come yet. */
  const unknownFilters = () =>
    Object.fromEntries(Object.entries(memory.filters).filter(([key]) => api.getColumn(key) === null));
  // The grid knows only the rows that it has looked at; the others are the store's alone.
  const takeSelection = () => {
    const known = new Set<number>();
    api.forEachNode(({ data }) => data && known.add(data.row));
    const others = isAdding ? selection.rows().filter((row) => !known.has(row)) : [];
    selection.select([...others, ...api.getSelectedRows().map(({ row }) => row)]);
  };
  let isAdding = false;
  for (const name of ['pointerdown', 'keydown'] as const) {
    element.addEventListener(
      name,
      (event) => {
        isAdding = event.ctrlKey || event.metaKey || (event instanceof KeyboardEvent && event.key === ' ');
      },
      { capture: true },
    );
  }
  return {
    refresh: () => {
      const columns = orderedColumns(model);
      for (const column of columns) {
        // Whoever filters by a column keeps the filter that was used.
        if (!store.filters().has(column.key)) filterKinds.set(column.key, filterKindOf(model, column));
      }
      const known = columns
        .map((column) => `${column.key} ${isShown(column)} ${filterKind(column)}`)
        .join('\n');
      if (known !== columnsKnown) {
        columnsKnown = known;
        api.setGridOption('columnDefs', definitions());
      }
      api.refreshInfiniteCache();
    },
    showFilters: () => {
      if (store.filters().size === 0 && api.isAnyFilterPresent()) api.setFilterModel(null);
    },
    showSelection: () => {
      showSelection(api);
      seekSelection(api);
    },
    rows: () => rows,
    isShown,
    filterLike: (row, columns) =>
      api.setFilterModel(
        Object.fromEntries(
          columns.flatMap((column) => {
            const model = filterModelOf(filterKind(column), cellAt(column, row));
            return model === undefined ? [] : [[column.key, model]];
          }),
        ),
      ),
    restoreFilters: () => {
      const wanted = Object.entries(memory.filters).filter(([key, filter]) => {
        const column = model.table.columns.get(key);
        return column !== undefined && isOfKind(filter, filterKind(column));
      });
      if (wanted.length > 0) api.setFilterModel({ ...Object.fromEntries(wanted), ...api.getFilterModel() });
    },
    setShown: (column, wanted) => {
      keep({ shown: { ...memory.shown, [column.key]: wanted } });
      api.setColumnsVisible([column.key], wanted);
    },
  };
}

/** A text that is longer than its cell, as a tooltip tells it. */
function longText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 16 ? value : undefined;
}
