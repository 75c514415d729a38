import type { IFilterComp, IFilterParams } from 'ag-grid-community';
import type { Cell } from '../../core/resultsTable/cell.ts';
import type { DistinctCell } from '../../core/resultsTable/distinct.ts';
import { formatCell } from '../../core/resultsTable/format.ts';
import type { ResultsTexts } from '../../extension/results/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import type { SetFilterModel } from './filters.ts';

/** What a column gives its filter. */
export interface SetFilterParams {
  /** The values to choose from, at this moment. */
  readonly cells: () => readonly DistinctCell[];
  readonly isNumeric: boolean;
  readonly texts: ResultsTexts;
}

/**
 * Chooses among the different values of a column: a box for each, a field to search them, and for numbers two fields that
 * choose a range. AG Grid's own set filter is not in its free edition; it wants a class.
 */
export class SetFilter implements IFilterComp {
  readonly #gui = h('div', { class: 'set-filter' });
  readonly #list = h('div', { class: 'set-values', role: 'group' });
  #params: (IFilterParams & SetFilterParams) | undefined;
  /** The chosen ones; undefined where nobody has chosen. */
  #chosen: ReadonlySet<Cell> | undefined;
  #search = '';

  init(params: IFilterParams & SetFilterParams): void {
    this.#params = params;
    const { texts, isNumeric } = params;
    const search = h('input', { type: 'search', placeholder: texts.search, 'aria-label': texts.search });
    search.addEventListener('input', () => {
      this.#search = search.value.toLowerCase();
      this.#draw();
    });
    search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#choose(new Set(this.#matching().map(({ cell }) => cell)));
    });
    fill(this.#gui, search, isNumeric ? this.#range(texts) : undefined, this.#list);
  }

  getGui(): HTMLElement {
    return this.#gui;
  }

  afterGuiAttached(): void {
    this.#draw();
    this.#gui.querySelector('input')?.focus();
  }

  isFilterActive(): boolean {
    return this.#chosen !== undefined;
  }

  /** The rows are filtered by the model, not by the grid. */
  doesFilterPass(): boolean {
    return true;
  }

  getModel(): SetFilterModel | null {
    if (this.#chosen === undefined) return null;
    const values = [...this.#chosen].filter((cell) => cell !== undefined);
    return { type: 'values', values, missing: this.#chosen.has(undefined) };
  }

  setModel(model: SetFilterModel | null): void {
    this.#chosen =
      model === null ? undefined : new Set<Cell>([...model.values, ...(model.missing ? [undefined] : [])]);
    this.#draw();
  }

  #cells(): readonly DistinctCell[] {
    return this.#params?.cells() ?? [];
  }

  #matching(): readonly DistinctCell[] {
    return this.#cells().filter(({ cell }) => this.#label(cell).toLowerCase().includes(this.#search));
  }

  #label(cell: Cell): string {
    return cell === undefined ? (this.#params?.texts.missing ?? '') : formatCell(cell);
  }

  #choose(chosen: ReadonlySet<Cell>): void {
    const all = this.#cells();
    this.#chosen = all.every(({ cell }) => chosen.has(cell)) ? undefined : chosen;
    this.#draw();
    this.#params?.filterChangedCallback();
  }

  #isChosen(cell: Cell): boolean {
    return this.#chosen === undefined || this.#chosen.has(cell);
  }

  #draw(): void {
    const matching = this.#matching();
    const chosen = matching.filter(({ cell }) => this.#isChosen(cell)).length;
    const focused = this.#list.contains(document.activeElement)
      ? [...this.#list.querySelectorAll('input')].indexOf(document.activeElement as HTMLInputElement)
      : -1;
    const all = this.#box(this.#params?.texts.all ?? '', undefined, chosen === matching.length, (isOn) =>
      this.#toggle(matching, isOn),
    );
    const box = all.querySelector('input');
    if (box !== null) box.indeterminate = chosen > 0 && chosen < matching.length;
    fill(
      this.#list,
      matching.length === 0 ? h('p', { class: 'muted' }, this.#params?.texts.noMatch ?? '') : all,
      matching.map((one) =>
        this.#box(this.#label(one.cell), one.rows, this.#isChosen(one.cell), (isOn) =>
          this.#toggle([one], isOn),
        ),
      ),
    );
    this.#list.querySelectorAll('input')[focused]?.focus();
  }

  #box(
    label: string,
    rows: number | undefined,
    checked: boolean,
    toggled: (isOn: boolean) => void,
  ): HTMLElement {
    const box = h('input', { type: 'checkbox', checked });
    box.addEventListener('change', () => toggled(box.checked));
    return h(
      'label',
      { title: label },
      box,
      h('span', { class: 'value' }, label),
      rows === undefined ? undefined : h('span', { class: 'muted' }, rows.toLocaleString()),
    );
  }

  #toggle(cells: readonly DistinctCell[], isOn: boolean): void {
    const chosen = new Set(this.#chosen ?? this.#cells().map(({ cell }) => cell));
    for (const { cell } of cells) {
      if (isOn) chosen.add(cell);
      else chosen.delete(cell);
    }
    this.#choose(chosen);
  }

  #range(texts: ResultsTexts): HTMLElement {
    const field = (label: string) =>
      h('input', { type: 'number', step: 'any', placeholder: label, 'aria-label': label });
    const [from, to] = [field(texts.from), field(texts.to)];
    const changed = () => {
      const least = from.value === '' ? Number.NEGATIVE_INFINITY : from.valueAsNumber;
      const most = to.value === '' ? Number.POSITIVE_INFINITY : to.valueAsNumber;
      const isInside = ({ cell }: DistinctCell) => typeof cell === 'number' && cell >= least && cell <= most;
      const isOpen = from.value === '' && to.value === '';
      this.#choose(
        new Set(
          this.#cells()
            .filter((one) => isOpen || isInside(one))
            .map(({ cell }) => cell),
        ),
      );
    };
    for (const input of [from, to]) input.addEventListener('input', changed);
    return h('div', { class: 'set-range' }, from, to);
  }
}
