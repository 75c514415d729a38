import type { LogName } from '../../core/failures/problem.ts';
import type { RunTexts, ToRunPage } from '../../extension/run/protocol.ts';
import { h } from '../shared/dom.ts';
import { createLogView } from '../shared/logView.ts';
import type { Listening } from './sections.ts';

/** A log with its title. */
export interface LogPane {
  readonly element: HTMLElement;
  /** Gives it the page's words. */
  label(texts: RunTexts): void;
  /** Brings the end of its log into view. */
  showEnd(): void;
  show(part: Extract<ToRunPage, { type: 'log' }>): void;
}

/** Makes the pane of one of the two logs. */
export function createLogPane(name: LogName, { act, openPlace }: Listening): LogPane {
  const size = h('span', { class: 'muted' });
  const note = h('p', { class: 'muted note' });
  const view = createLogView(name, openPlace);
  const open = h('button', {
    class: 'link',
    onclick: () => act(name === 'stdout' ? 'openStdout' : 'openStderr'),
  });
  const element = h(
    'section',
    { class: `log-pane ${name}` },
    h('h2', {}, name, size, open),
    note,
    view.element,
  );
  let texts: RunTexts | undefined;
  let isCut = false;

  const explain = () => {
    const isEmpty = view.isEmpty();
    note.textContent = (isEmpty ? texts?.emptyLog : isCut ? texts?.cut : undefined) ?? '';
    note.hidden = note.textContent === '';
    view.element.hidden = isEmpty;
    open.textContent = texts?.open ?? '';
    open.hidden = isEmpty;
  };
  return {
    element,
    label: (words) => {
      texts = words;
      explain();
    },
    showEnd: view.showEnd,
    show: (part) => {
      // What is hidden has no end to scroll to.
      view.element.hidden = false;
      if (part.how === 'begin') {
        isCut = part.isCut;
        view.begin(part.text);
      } else {
        view.append(part.text);
      }
      size.textContent = part.size;
      explain();
    },
  };
}
