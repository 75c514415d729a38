import { cellAt } from '../../../core/resultsTable/column.ts';
import { runColumn } from '../../../core/resultsTable/table.ts';
import { h } from '../../shared/dom.ts';
import type { FigureInput, Mark } from './figure.ts';
import { filled } from './parts.ts';

/** What a mark says when a person points at it: which run it is, or how many, and the values that the figure shows. */
export function describeMark({ rows, facts = [] }: Mark, input: FigureInput): HTMLElement {
  const row = rows.length === 1 ? rows[0] : undefined;
  const lines = row === undefined ? facts : [...facts, ...valuesOfRow(row, facts, input)];
  const { title, status } = row === undefined ? namesOfRuns(rows.length, input) : namesOfRun(row, input);
  return h(
    'div',
    {},
    // Blanks, since what is said aloud is the text alone.
    h(
      'div',
      { class: 'tip-title' },
      h('b', {}, title),
      ' ',
      h('span', { class: `status ${status}` }, status),
      ' ',
    ),
    lines.map(([name, value]) =>
      h('div', { class: 'tip-line' }, h('span', {}, `${name} `), h('span', {}, `${value} `)),
    ),
  );
}

function namesOfRuns(count: number, { texts }: FigureInput) {
  return { title: filled(texts.runCount, count), status: '' };
}

function namesOfRun(row: number, { model: { table }, texts }: FigureInput) {
  const sweep = table.sweeps.length < 2 ? '' : ` · ${table.sweeps[table.sweepOf[row] ?? 0]}`;
  const column = runColumn(table, 'status');
  return {
    title: filled(texts.run, table.runOf[row] ?? 0) + sweep,
    status: column === undefined ? '' : String(cellAt(column, row) ?? ''),
  };
}

/** The values of a row in the figure's columns, but for those that the facts tell already. */
function valuesOfRow(row: number, facts: NonNullable<Mark['facts']>, { slots, values }: FigureInput) {
  const { axes = [], x, y, value, colour, size, group } = slots;
  const keys = new Set([...axes, x, y, value, colour, size, group]);
  return [...keys].flatMap((key) => {
    const column = values(key);
    const number = column?.at(row) ?? Number.NaN;
    if (column === undefined || Number.isNaN(number)) return [];
    if (facts.some(([name]) => name === column.label)) return [];
    return [[column.label, column.format(number)] as const];
  });
}
