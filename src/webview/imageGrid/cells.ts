import type { GridRun, ImageGridTexts } from '../../extension/imageGrid/protocol.ts';
import { fill, h } from '../shared/dom.ts';
import { icon } from '../shared/icon.ts';

/** What the cells of the grid need. */
export interface CellParts {
  readonly texts: ImageGridTexts;
  /** The name of the shown image. */
  readonly file: string;
  openRun(run: number): void;
  /** Loads the image once it is near what is seen. */
  loadSoon(image: HTMLImageElement, address: string): void;
}

/** The cell of some runs: one of them is shown, the others are paged to. */
export function gridCell(runs: readonly GridRun[], parts: CellParts): HTMLElement {
  const { texts } = parts;
  if (runs.length === 0)
    return h('div', { class: 'cell empty', role: 'gridcell', 'aria-label': texts.noRun });
  // Those with an image come first.
  const ordered = [...runs].sort((a, b) => Number(b.address !== undefined) - Number(a.address !== undefined));
  const picture = h('div', { class: 'picture' });
  const caption = h('span', { class: 'caption' });
  let place = 0;
  const show = () => {
    const run = ordered[place] as GridRun;
    fill(picture, pictureOf(run, parts));
    fill(caption, ordered.length > 1 ? `${run.label} · ${place + 1}/${ordered.length}` : run.label);
  };
  const turn = (by: number) => () => {
    place = (place + by + ordered.length) % ordered.length;
    show();
  };
  const pager = (title: string, name: 'chevron-left' | 'chevron-right', by: number) =>
    h('button', { class: 'icon-button', title, 'aria-label': title, onclick: turn(by) }, icon(name));
  show();
  return h(
    'div',
    { class: 'cell', role: 'gridcell' },
    picture,
    h(
      'div',
      { class: 'foot' },
      ordered.length > 1 ? pager(texts.previous, 'chevron-left', -1) : undefined,
      caption,
      ordered.length > 1 ? pager(texts.next, 'chevron-right', 1) : undefined,
    ),
  );
}

function pictureOf(
  { run, label, address }: GridRun,
  { texts, file, openRun, loadSoon }: CellParts,
): HTMLElement {
  const title =
    address === undefined
      ? texts.noImage.replace('{0}', label).replace('{1}', () => file)
      : texts.run.replace('{0}', label);
  const button = h('button', {
    class: address === undefined ? 'open none' : 'open',
    title,
    onclick: () => openRun(run),
  });
  if (address === undefined) {
    button.setAttribute('aria-label', title);
    return button;
  }
  // A picture is an `img` whatever its format, so that nothing in an SVG runs.
  const image = h('img', { alt: title });
  image.addEventListener('load', () => {
    image.className = image.naturalWidth >= image.naturalHeight ? 'wide' : 'tall';
  });
  loadSoon(image, address);
  button.append(image);
  return button;
}
