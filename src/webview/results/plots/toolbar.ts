import type { PlotsTexts } from '../../../extension/results/plotsTexts.ts';
import type { ResultsTexts } from '../../../extension/results/protocol.ts';
import { fill, h } from '../../shared/dom.ts';
import type { Model } from '../model.ts';
import {
  type Choices,
  columnsFor,
  kinds,
  optionalSlots,
  type PlotKind,
  type Slot,
  type Slots,
} from './choices.ts';
import { filled } from './parts.ts';

/** What the controls show. */
export interface ToolbarState {
  readonly model: Model;
  readonly kind: PlotKind;
  readonly slots: Slots;
  isLog(key: string): boolean;
  isMaximized(key: string): boolean;
}

/** The controls of a plot: its kind, and the columns that it takes. */
export interface Toolbar {
  readonly element: HTMLElement;
  /** Shows choices; does nothing where they look as before, so that an open list stays open. */
  show(state: ToolbarState): void;
}

/** Slots whose columns can be drawn on a logarithmic scale; of groups and sizes that would say little. */
const logSlots: ReadonlySet<Slot> = new Set<Slot>(['x', 'y', 'value', 'colour']);

/** Makes the controls; `choose` is called with what a person changes. */
export function createToolbar(
  texts: PlotsTexts,
  words: ResultsTexts,
  choose: (change: (choices: Choices) => Choices) => void,
): Toolbar {
  const element = h('div', { class: 'plot-bar', role: 'toolbar', 'aria-label': texts.plot });
  let shown = '';

  const chooseSlot = (kind: PlotKind, slot: Slot, value: string | readonly string[]) =>
    choose((choices) => ({
      ...choices,
      slots: { ...choices.slots, [kind]: { ...choices.slots[kind], [slot]: value } },
    }));
  const setLog = (key: string, isLog: boolean) =>
    choose((choices) => ({
      ...choices,
      log: { ...choices.log, [key]: isLog },
    }));

  const draw = ({ model, kind, slots, isLog, isMaximized }: ToolbarState) => {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset.control : undefined;
    const labels = model.labels();
    const labelOf = (key: string) => labels.get(key) ?? key;
    const canBeLog = (key: string) => {
      const column = model.table.columns.get(key);
      const facts = column && model.facts(column);
      return facts?.isNumeric === true && facts.max > 0;
    };
    const toggle = (
      control: string,
      key: string,
      text: string,
      title: string,
      isOn: boolean,
      set: (on: boolean) => void,
    ) =>
      h(
        'button',
        {
          class: 'toggle',
          'data-control': control,
          'aria-pressed': String(isOn),
          'aria-label': filled(title, labelOf(key)),
          title: filled(title, labelOf(key)),
          onclick: () => set(!isOn),
        },
        text,
      );
    const one = (slot: Exclude<Slot, 'axes'>): HTMLElement => {
      const current = slots[slot] ?? '';
      return h(
        'span',
        { class: 'slot' },
        h(
          'label',
          {},
          h('span', {}, texts.slots[slot]),
          picker(
            slot,
            [
              ...(optionalSlots.has(slot)
                ? [h('option', { value: '', selected: current === '' }, texts.none)]
                : []),
              ...optionsOf(model, columnsFor(model, kind, slot), [current], words),
            ],
            (value) => chooseSlot(kind, slot, value),
          ),
        ),
        kind === 'pareto' && slot !== 'colour'
          ? toggle(
              `max-${slot}`,
              current,
              isMaximized(current) ? '↑' : '↓',
              texts.maximizeOf,
              isMaximized(current),
              (on) => choose((all) => ({ ...all, maximized: { ...all.maximized, [current]: on } })),
            )
          : undefined,
        logSlots.has(slot) && canBeLog(current)
          ? toggle(`log-${slot}`, current, texts.log, texts.logOf, isLog(current), (on) =>
              setLog(current, on),
            )
          : undefined,
      );
    };
    const several = (): HTMLElement => {
      const current = slots.axes ?? [];
      const possible = columnsFor(model, kind, 'axes');
      return h(
        'details',
        { class: 'menu' },
        h(
          'summary',
          { class: 'secondary', 'data-control': 'axes' },
          `${texts.slots.axes} (${current.length})`,
        ),
        h(
          'div',
          { class: 'choices' },
          possible.map((key) => {
            const isOn = current.includes(key);
            const box = h('input', { type: 'checkbox', checked: isOn, 'data-control': `axis-${key}` });
            box.addEventListener('change', () => {
              const wanted = box.checked ? [...current, key] : current.filter((other) => other !== key);
              chooseSlot(kind, 'axes', wanted);
            });
            return h(
              'div',
              { class: 'choice' },
              h('label', {}, box, labelOf(key)),
              canBeLog(key)
                ? toggle(`log-axis-${key}`, key, texts.log, texts.logOf, isLog(key), (on) => setLog(key, on))
                : undefined,
            );
          }),
        ),
      );
    };
    const kindOptions = (Object.keys(kinds) as PlotKind[]).map((other) =>
      h('option', { value: other, selected: other === kind }, texts.kinds[other]),
    );
    const wasOpen = element.querySelector('details')?.open === true;
    fill(
      element,
      h(
        'label',
        { class: 'kind' },
        h('span', { class: 'hidden-label' }, texts.plot),
        picker('kind', kindOptions, (value) => choose((all) => ({ ...all, kind: value as PlotKind }))),
      ),
      kinds[kind].map((slot) => (slot === 'axes' ? several() : one(slot))),
    );
    const details = element.querySelector('details');
    if (details !== null && wasOpen) details.open = true;
    if (focused !== undefined)
      element.querySelector<HTMLElement>(`[data-control="${CSS.escape(focused)}"]`)?.focus();
  };

  return {
    element,
    show: (state) => {
      const { model, kind, slots } = state;
      const offered = kinds[kind].map((slot) => columnsFor(model, kind, slot));
      const keys = [...new Set(offered.flat())];
      const looks = JSON.stringify([
        kind,
        slots,
        offered,
        ...keys.map((key) => [state.isLog(key), state.isMaximized(key)]),
      ]);
      if (looks === shown) return;
      shown = looks;
      draw(state);
    },
  };
}

function picker(name: string, options: readonly HTMLElement[], chosen: (value: string) => void): HTMLElement {
  const select = h('select', { 'data-control': name }, options);
  select.addEventListener('change', () => chosen(select.value));
  return select;
}

/** The columns to choose from, by what they tell of. */
function optionsOf(
  { table, labels }: Model,
  keys: readonly string[],
  selected: readonly string[],
  words: ResultsTexts,
): HTMLElement[] {
  const names = labels();
  const titles = { parameter: words.parameters, result: words.results, run: words.run } as const;
  return (['parameter', 'result', 'run'] as const).flatMap((kind) => {
    const members = keys.filter((key) => table.columns.get(key)?.kind === kind);
    if (members.length === 0) return [];
    return [
      h(
        'optgroup',
        { label: titles[kind] },
        members.map((key) =>
          h('option', { value: key, selected: selected.includes(key) }, names.get(key) ?? key),
        ),
      ),
    ];
  });
}
