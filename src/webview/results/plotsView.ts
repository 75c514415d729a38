import { h } from '../shared/dom.ts';
import type { Plots } from './plots/plots.ts';
import type { ResultsView } from './view.ts';

/** The runs as plots; the library that draws them is loaded when they are opened for the first time. */
export const plotsView: ResultsView = {
  id: 'plots',
  title: ({ plots }) => plots.tab,
  create: (context) => {
    const texts = context.texts.plots;
    const element = h('div', { class: 'plots-view' });
    let plots: Plots | undefined;
    void import('./plots/plots.ts').then(({ createPlots }) => {
      plots = createPlots(context);
      element.replaceChildren(plots.element);
      plots.refresh(new Set(['rows']));
    });
    const entry = (text: string, format: 'png' | 'svg') =>
      h(
        'button',
        {
          class: 'link',
          onclick: () => {
            save.open = false;
            plots?.picture(format);
          },
        },
        text,
      );
    const save = h(
      'details',
      { class: 'menu' },
      h('summary', { class: 'secondary' }, texts.save),
      h('div', { class: 'choices' }, entry(texts.savePng, 'png'), entry(texts.saveSvg, 'svg')),
    );
    return { element, tools: [save], refresh: (changes) => plots?.refresh(changes) };
  },
};
