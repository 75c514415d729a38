import { placesInLine } from '../../core/failures/placesInLine.ts';
import { cutSequence, type Piece, paint } from './ansi.ts';
import { h } from './dom.ts';

/** A file that a log names, as {@link placesInLine} finds it. */
type Place = ReturnType<typeof placesInLine>[number];

/** The end of a log, as a terminal would show it. */
export interface LogView {
  readonly element: HTMLElement;
  /** Replaces what is shown. */
  begin(text: string): void;
  append(text: string): void;
  isEmpty(): boolean;
  /** Brings the end into view, as after the element was moved. */
  showEnd(): void;
}

/** More lines are not kept; the log itself has them. */
const mostLines = 2000;

/**
 * Shows a growing log: colours, paths as links, and the end in view as long as it was. `open` is called when a link is
 * followed. Texts are put into the page as text alone.
 */
export function createLogView(label: string, open: (place: Place) => void): LogView {
  const done = h('div', {});
  const last = h('div', {});
  const element = h('div', { class: 'log', role: 'log', tabindex: 0, 'aria-label': label }, done, last);
  /** The style in force where `rest` begins, and the text that has no line end yet. */
  let style = '';
  let rest = '';

  const showEnd = () => {
    element.scrollTop = element.scrollHeight;
  };
  const draw = (text: string) => {
    const wasAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 8;
    const whole = rest + text;
    const end = whole.lastIndexOf('\n') + 1;
    rest = whole.slice(end);
    if (end > 0) {
      const painted = paint(whole.slice(0, end - 1), style);
      style = painted.style;
      done.append(...painted.lines.slice(-mostLines).map((line) => lineOf(line, open)));
      while (done.childElementCount > mostLines) done.firstElementChild?.remove();
    }
    // An escape sequence may not be complete yet.
    const [line = []] = paint(rest.slice(0, cutSequence(rest)), style).lines;
    last.replaceChildren(...(line.length === 0 ? [] : [lineOf(line, open)]));
    if (wasAtEnd) showEnd();
  };

  return {
    element,
    begin: (text) => {
      style = '';
      rest = '';
      done.replaceChildren();
      draw(text);
      showEnd();
    },
    append: draw,
    showEnd,
    isEmpty: () => done.childElementCount === 0 && rest === '',
  };
}

function lineOf(pieces: readonly Piece[], open: (place: Place) => void): HTMLElement {
  const line = h('div', { class: 'line' });
  const places = placesInLine(pieces.map(({ text }) => text).join(''));
  let at = 0;
  for (const piece of pieces) {
    const span = h('span', piece.classes === '' ? {} : { class: piece.classes });
    if (piece.color !== undefined) span.style.color = piece.color;
    if (piece.background !== undefined) span.style.backgroundColor = piece.background;
    span.append(...linked(piece.text, at, places, open));
    at += piece.text.length;
    line.append(span);
  }
  if (pieces.length === 0) line.append('\u200b');
  return line;
}

/** The text of a piece, which begins at `offset` of its line, with links where its line names files. */
function linked(
  text: string,
  offset: number,
  places: readonly Place[],
  open: (place: Place) => void,
): (string | Node)[] {
  const parts: (string | Node)[] = [];
  let done = 0;
  for (const place of places) {
    const start = Math.max(place.start - offset, done);
    const end = Math.min(place.end - offset, text.length);
    if (start >= end) continue;
    parts.push(text.slice(done, start));
    const link = h('a', { href: '#', onclick: (event: Event) => follow(event, place, open) });
    link.textContent = text.slice(start, end);
    parts.push(link);
    done = end;
  }
  parts.push(text.slice(done));
  return parts;
}

function follow(event: Event, place: Place, open: (place: Place) => void): void {
  event.preventDefault();
  open(place);
}
