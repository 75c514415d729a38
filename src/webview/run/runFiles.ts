import type { RunFile, RunTexts, ToRunPage } from '../../extension/run/protocol.ts';
import { type Child, h } from '../shared/dom.ts';
import { type IconName, icon } from '../shared/icon.ts';
import { type Listening, section } from './sections.ts';

type Files = Extract<ToRunPage, { type: 'files' }>;

const icons: { readonly [Kind in RunFile['kind']]: IconName } = {
  file: 'file',
  image: 'file-media',
  input: 'file-symlink-file',
  folder: 'folder',
};

/** The pictures that the run made. A picture is an `img` whatever its format, so that nothing in an SVG runs. */
export function imagesOf(images: Files['images'], texts: RunTexts, { openFile }: Listening): Child {
  if (images.length === 0) return undefined;
  return section(
    texts.images,
    h(
      'div',
      { class: 'images' },
      images.map(({ name, address }) =>
        h(
          'figure',
          {},
          h(
            'button',
            { class: 'picture', title: name, onclick: () => openFile(name) },
            h('img', { src: address, alt: name, loading: 'lazy' }),
          ),
          h('figcaption', { class: 'muted' }, name),
        ),
      ),
    ),
  );
}

/** The files of the run directory. */
export function filesOf({ files, isCut }: Files, texts: RunTexts, { openFile }: Listening): Child {
  if (files.length === 0) return undefined;
  return section(
    texts.files,
    h(
      'ul',
      { class: 'files' },
      files.map(({ name, kind, size }) =>
        h(
          'li',
          {},
          h(
            'button',
            { class: 'link', title: name, onclick: () => openFile(name) },
            icon(icons[kind]),
            h('span', {}, name),
          ),
          h('span', { class: 'muted' }, size),
        ),
      ),
    ),
    isCut ? h('p', { class: 'muted' }, texts.moreFiles) : undefined,
  );
}
