import type { PageAction, RunPage, RunTexts } from '../../extension/run/protocol.ts';
import { type Child, h } from '../shared/dom.ts';
import { type IconName, icon } from '../shared/icon.ts';
import type { Listening } from './sections.ts';

const statusIcons: { readonly [Status in RunPage['status']]: IconName } = {
  pending: 'circle-large',
  running: 'sync',
  success: 'pass',
  failure: 'error',
  skipped: 'debug-step-over',
};

const actionIcons: { readonly [Action in PageAction]: IconName } = {
  openStdout: 'output',
  openStderr: 'output',
  openRunResults: 'output',
  openParams: 'file',
  runAgain: 'refresh',
  cancelRun: 'debug-stop',
  debugRun: 'bug',
  runInTerminal: 'terminal',
  revealInExplorer: 'folder',
  copyCommandLine: 'copy',
  showSweep: 'file',
};

/** Which run it is, of which sweep, and what became of it. */
export function headingOf(page: RunPage, texts: RunTexts, { act }: Listening): Child {
  const words = [page.statusText, page.reason, page.summary].filter((word) => word !== '');
  return [
    h('span', { class: `status ${page.status}` }, icon(statusIcons[page.status])),
    h(
      'div',
      {},
      h('h1', {}, `${texts.run} ${page.label}`),
      h(
        'p',
        { class: 'muted' },
        h('span', { class: `status ${page.status}` }, words.shift()),
        words.map((word) => ` · ${word}`),
        ' · ',
        h('button', { class: 'link', onclick: () => act('showSweep') }, page.sweep),
      ),
    ),
  ];
}

/** What can be done with it. */
export function actionsOf({ actions }: RunPage, { act }: Listening): Child {
  return actions.map(({ action, title }) =>
    h('button', { class: 'secondary', onclick: () => act(action) }, icon(actionIcons[action]), title),
  );
}

/** What a failed run says of its failure. */
export function bannerOf({ error }: RunPage, { openPlace }: Listening): Child {
  if (error === undefined) return undefined;
  return h(
    'section',
    { class: 'banner', role: 'note' },
    h('p', { class: 'error-title' }, error.title),
    error.places.length === 0
      ? undefined
      : h(
          'p',
          {},
          error.places.map(({ text, file, line }, index) => [
            index === 0 ? '' : ' ← ',
            h('button', { class: 'link', onclick: () => openPlace({ file, line, column: undefined }) }, text),
          ]),
        ),
    error.cluster === '' ? undefined : h('p', { class: 'muted' }, error.cluster),
  );
}
