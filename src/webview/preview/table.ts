import type {
  PreviewColumn,
  PreviewFilter,
  PreviewPage,
  PreviewRow,
} from '../../extension/preview/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { columnsInView, columnWidths, type Placed, placeColumns, scrollScale } from './layout.ts';

/** What a table shows. */
export interface TableContent {
  readonly filter: PreviewFilter;
  readonly size: number;
  readonly columns: readonly PreviewColumn[];
  /** The first column: the runs' numbers, or why they are left out. */
  readonly first: { readonly kind: 'number' | 'reason'; readonly title: string };
  /** Accessible name of the table. */
  readonly name: string;
}

/** What a table asks for. */
export interface TableListener {
  /** Rows have come into view. */
  look(first: number, count: number): void;
  /** A row was chosen. */
  choose(row: number): void;
}

/** A table of any number of rows, of which only those in view exist. */
export interface Table {
  readonly element: HTMLElement;
  /** Shows other rows; scrolls to the top when the filter is another one. */
  show(content: TableContent, page: PreviewPage | undefined): void;
  /** Takes rows that were asked for. */
  take(page: PreviewPage): void;
  /** The row that is chosen. */
  chosen(): number | undefined;
}

const rowHeight = 22;
const overscan = 12;
const narrowestNumber = 76;
const widestReason = 360;
const cellPadding = 12;
/** For the sign of what is new or gone. */
const signWidth = 14;
/** So many rows are kept; further ones are asked for again. */
const mostKept = 2000;

/** Makes an empty table. */
export function createTable(listener: TableListener): Table {
  const head = h('div', { class: 'table-head', role: 'row', 'aria-rowindex': 1 });
  const body = h('div', { class: 'table-body', role: 'rowgroup' });
  const space = h('div', { class: 'table-space' });
  const scroller = h('div', { class: 'table', role: 'grid', tabindex: 0 }, head, space);
  space.append(body);
  const pen = document.createElement('canvas').getContext('2d');
  let content: TableContent | undefined;
  let rows = new Map<number, PreviewRow>();
  let placed: readonly Placed[] = [];
  let chosen: number | undefined;
  let asked = '';
  /** The row at the top, and the scroll bar's position that stands for it. */
  let top = 0;
  let position = 0;
  let firstWidth = narrowestNumber;
  let isDrawing = false;

  const viewHeight = () => Math.max(0, scroller.clientHeight - rowHeight);
  const scale = () => scrollScale(content?.size ?? 0, rowHeight, viewHeight());
  const rowsInView = () => Math.ceil(viewHeight() / rowHeight) + 1;

  const layOut = (sample: readonly PreviewRow[]) => {
    if (content === undefined) return;
    const style = getComputedStyle(scroller);
    if (pen !== null) pen.font = `${style.fontSize} ${style.fontFamily}`;
    const measure = (text: string) => pen?.measureText(text).width ?? 0;
    const widths = columnWidths(content.columns, sample, measure);
    // While somebody is typing, columns that shrink by a digit only disturb.
    const before = placed.map(({ width }) => width);
    const isSame = before.length === widths.length;
    const kept = isSame ? widths.map((width, index) => Math.max(width, (before[index] ?? 0) - 40)) : widths;
    firstWidth = firstColumnWidth(content, sample, measure);
    placed = placeColumns(kept, firstWidth);
  };

  const draw = () => {
    isDrawing = false;
    if (content === undefined) return;
    const { height, moved, lastTop, isExact } = scale();
    space.style.height = `${height}px`;
    if (scroller.scrollTop !== position) {
      const isShortWay = Math.abs(scroller.scrollTop - position) <= 2 * viewHeight();
      top = moved(top, position, scroller.scrollTop);
      position = scroller.scrollTop;
      if (!isExact && isShortWay) scrollTo(top);
    }
    top = Math.min(top, lastTop);
    const last = placed.at(-1);
    const width = last === undefined ? firstWidth : last.left + last.width;
    space.style.width = head.style.width = `${Math.max(width, scroller.clientWidth)}px`;
    const first = Math.max(0, Math.floor(top) - overscan);
    const count = Math.min(content.size - first, rowsInView() + 2 * overscan);
    const view = columnsInView(placed, scroller.scrollLeft, scroller.scrollLeft + scroller.clientWidth);
    drawHead(view);
    const offset = scroller.scrollTop - (top - first) * rowHeight;
    body.style.transform = `translateY(${offset}px)`;
    fill(body, ...Array.from({ length: Math.max(0, count) }, (_, index) => rowElement(first + index, view)));
    ask(first, count);
  };

  const scrollTo = (row: number) => {
    const { lastTop, positionOf } = scale();
    top = Math.max(0, Math.min(row, lastTop));
    scroller.scrollTop = positionOf(top);
    // What the browser made of it.
    position = scroller.scrollTop;
  };

  const drawSoon = () => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(draw);
  };

  const drawHead = (view: readonly [number, number]) => {
    if (content === undefined) return;
    const { columns, first } = content;
    fill(
      head,
      cell('columnheader', first.kind, 1, first.title, { left: 0, width: firstWidth }),
      ...cellsInView(view).map(([index, place]) => {
        const column = columns[index];
        const kind = column?.isNumber === true ? 'numeric' : 'text';
        return cell('columnheader', kind, index + 2, column?.name ?? '', place);
      }),
    );
    scroller.setAttribute('aria-label', content.name);
    scroller.setAttribute('aria-rowcount', String(content.size + 1));
    scroller.setAttribute('aria-colcount', String(columns.length + 1));
  };

  const rowElement = (index: number, view: readonly [number, number]) => {
    const row = rows.get(index);
    const isChosen = index === chosen;
    const element = h('div', {
      class: `table-row ${row?.mark ?? 'plain'}${isChosen ? ' chosen' : ''}`,
      role: 'row',
      id: `row-${index}`,
      'aria-rowindex': index + 2,
      'aria-selected': isChosen ? 'true' : 'false',
    });
    if (row === undefined || content === undefined) return element;
    const { columns, first } = content;
    const name = first.kind === 'number' ? row.label : row.reason;
    element.append(
      cell('rowheader', first.kind, 1, name, { left: 0, width: firstWidth }),
      ...cellsInView(view).map(([column, place]) => {
        const kind = columns[column]?.isNumber === true ? 'numeric' : 'text';
        return cell('gridcell', kind, column + 2, row.cells[column] ?? '', place);
      }),
    );
    return element;
  };

  const cellsInView = ([first, last]: readonly [number, number]): [number, Placed][] =>
    placed.slice(first, last).map((place, index) => [first + index, place]);

  const ask = (first: number, count: number) => {
    let [from, to] = [first, first + count];
    while (from < to && rows.has(from)) from++;
    while (to > from && rows.has(to - 1)) to--;
    if (from === to) return;
    const question = `${from} ${to}`;
    if (question === asked) return;
    asked = question;
    listener.look(first, count);
  };

  const keep = ({ first, rows: given }: PreviewPage) => {
    if (rows.size > mostKept) rows.clear();
    for (const [index, row] of given.entries()) rows.set(first + index, row);
  };

  const choose = (row: number) => {
    if (content === undefined || content.size === 0) return;
    chosen = Math.max(0, Math.min(row, content.size - 1));
    scroller.setAttribute('aria-activedescendant', `row-${chosen}`);
    const shown = viewHeight() / rowHeight;
    if (chosen < top) scrollTo(chosen);
    else if (chosen + 1 > top + shown) scrollTo(chosen + 1 - shown);
    listener.choose(chosen);
    drawSoon();
  };

  scroller.addEventListener('scroll', drawSoon, { passive: true });
  new ResizeObserver(drawSoon).observe(scroller);
  body.addEventListener('click', (event) => {
    const row = (event.target as Element).closest('.table-row');
    if (row !== null) choose(Number(row.id.slice('row-'.length)));
  });
  scroller.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(viewHeight() / rowHeight) - 1);
    const size = content?.size ?? 0;
    const at = chosen ?? -1;
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.max(0, at) + page,
      PageUp: at - page,
      Home: 0,
      End: size - 1,
    };
    const target = targets[event.key];
    if (event.key === 'ArrowRight') scroller.scrollLeft += 60;
    else if (event.key === 'ArrowLeft') scroller.scrollLeft -= 60;
    else if (target === undefined) return;
    else choose(target);
    event.preventDefault();
  });

  return {
    element: scroller,
    chosen: () => chosen,
    show: (next, page) => {
      const isOther = content?.filter !== next.filter;
      content = next;
      rows = new Map();
      asked = '';
      if (isOther) {
        top = position = scroller.scrollTop = 0;
        chosen = undefined;
        placed = [];
      }
      if (chosen !== undefined && chosen >= next.size) chosen = undefined;
      if (page !== undefined && page.filter === next.filter) {
        keep(page);
        layOut(page.rows);
      } else if (isOther) layOut([]);
      // What was typed must be seen now, not at the next frame that a busy browser finds time for.
      draw();
    },
    take: (page) => {
      if (page.filter !== content?.filter) return;
      const isFirst = rows.size === 0;
      keep(page);
      if (isFirst) layOut(page.rows);
      drawSoon();
    },
  };
}

function firstColumnWidth(
  { size, first }: TableContent,
  sample: readonly PreviewRow[],
  measure: (text: string) => number,
): number {
  if (first.kind === 'number') {
    const digits = measure('0'.repeat(String(size).length));
    return Math.max(narrowestNumber, Math.ceil(digits) + 2 * cellPadding + signWidth);
  }
  const widest = Math.max(...sample.map(({ reason }) => measure(reason)), measure(first.title));
  return Math.min(widestReason, Math.ceil(widest) + 2 * cellPadding);
}

function cell(
  role: string,
  kind: 'number' | 'numeric' | 'text' | 'reason',
  column: number,
  text: string,
  { left, width }: Placed,
): HTMLElement {
  const element = h('div', { class: `cell ${kind}`, role, 'aria-colindex': column, title: text }, text);
  element.style.left = `${left}px`;
  element.style.width = `${width}px`;
  return element;
}
