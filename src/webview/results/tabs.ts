import { fill, h } from '../shared/dom.ts';

/** A tab, by its id. */
export interface Tab {
  readonly id: string;
  readonly title: string;
}

/** A row of tabs as WAI-ARIA describes it: arrows, Home and End go from one to the next, Tab leaves the row. */
export interface Tabs {
  readonly element: HTMLElement;
  /** Shows which tab is in front. */
  setFront(id: string): void;
}

/** The id of the element that a tab controls. */
export const panelId = (id: string): string => `view-${id}`;

/** Makes a row of tabs; one alone is not shown. `chosen` is called when a person chooses another. */
export function createTabs(tabs: readonly Tab[], chosen: (id: string) => void): Tabs {
  const element = h('div', { class: 'tabs', role: 'tablist', hidden: tabs.length < 2 });
  const buttons = new Map(
    tabs.map(({ id, title }) => [
      id,
      h(
        'button',
        { id: `tab-${id}`, role: 'tab', 'aria-controls': panelId(id), onclick: () => chosen(id) },
        title,
      ),
    ]),
  );
  fill(element, [...buttons.values()]);
  element.addEventListener('keydown', (event) => {
    const ids = tabs.map(({ id }) => id);
    const place = ids.findIndex((id) => buttons.get(id) === document.activeElement);
    const next = placeAfter(event.key, place, ids.length);
    const id = next === undefined ? undefined : ids[next];
    if (id === undefined) return;
    event.preventDefault();
    chosen(id);
    buttons.get(id)?.focus();
  });
  return {
    element,
    setFront: (front) => {
      for (const [id, button] of buttons) {
        button.setAttribute('aria-selected', String(id === front));
        button.tabIndex = id === front ? 0 : -1;
      }
    },
  };
}

function placeAfter(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (place + 1) % count;
    case 'ArrowLeft':
      return (place - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
