import './run.css';
import type { LogName } from '../../core/failures/problem.ts';
import type { RunStatus } from '../../core/run.ts';
import type { FromRunPage, RunTexts, ToRunPage } from '../../extension/run/protocol.ts';
import { type Child, fill, h } from '../shared/dom.ts';
import { connect } from '../shared/vscodeApi.ts';
import { actionsOf, bannerOf, headingOf } from './heading.ts';
import { createLogPane } from './logPane.ts';
import { filesOf, imagesOf } from './runFiles.ts';
import { type Listening, mainSections, sideSections } from './sections.ts';

const heading = h('header', { class: 'heading' });
const toolbar = h('div', { class: 'toolbar', role: 'toolbar' });
const banner = h('div', {});
const facts = h('div', { class: 'facts' });
const images = h('div', {});
const logs = h('div', { class: 'logs' });
const side = h('div', { class: 'side-facts' });
const files = h('div', {});

document
  .querySelector('#page')
  ?.replaceChildren(
    heading,
    toolbar,
    banner,
    h(
      'div',
      { class: 'columns' },
      h('div', { class: 'main' }, facts, images, logs),
      h('aside', { class: 'side' }, side, files),
    ),
  );

const connection = connect<FromRunPage, ToRunPage>(receive);
const listening: Listening = {
  act: (action) => connection.post({ type: 'action', action }),
  openFile: (name) => connection.post({ type: 'open-file', name }),
  openPlace: ({ file, line, column }) => connection.post({ type: 'open-place', file, line, column }),
};
const logPanes = { stdout: createLogPane('stdout', listening), stderr: createLogPane('stderr', listening) };
let texts: RunTexts | undefined;
let listed: Extract<ToRunPage, { type: 'files' }> | undefined;
/** What is shown, so that nothing is drawn twice. */
let shownKey = '';
const drawn = new Map<Element, string>();

function receive(message: ToRunPage): void {
  switch (message.type) {
    case 'page': {
      const { page, key } = message;
      texts = message.texts;
      connection.remember(key);
      const newKey = `${key.directory} ${key.run}`;
      if (newKey !== shownKey) begin(newKey);
      const words = message.texts;
      draw(heading, [page.label, page.status, page.reason, page.summary, page.sweep], () =>
        headingOf(page, words, listening),
      );
      draw(toolbar, page.actions, () => actionsOf(page, listening));
      draw(banner, page.error, () => bannerOf(page, listening));
      draw(facts, [page.results, page.noResults, page.varying, page.common], () => mainSections(page, words));
      draw(side, [page.times, page.commandLine, page.environment, page.attempts], () =>
        sideSections(page, words, listening),
      );
      const order = logOrder(page.status);
      const moved = draw(logs, [newKey, order], () => order.map((name) => logPanes[name].element));
      for (const pane of Object.values(logPanes)) {
        pane.label(words);
        if (moved) pane.showEnd();
      }
      drawFiles();
      return;
    }
    case 'files':
      listed = message;
      drawFiles();
      return;
    case 'log':
      logPanes[message.log].show(message);
  }
}

/** The logs to show: of a failed run, the errors come first. */
function logOrder(status: RunStatus): LogName[] {
  if (status === 'pending' || status === 'skipped') return [];
  return status === 'failure' ? ['stderr', 'stdout'] : ['stdout', 'stderr'];
}

/** Files and the page's own words come in any order. */
function drawFiles(): void {
  const [words, all] = [texts, listed];
  if (words === undefined || all === undefined) return;
  draw(images, all.images, () => imagesOf(all.images, words, listening));
  draw(files, [all.files, all.isCut], () => filesOf(all, words, listening));
}

/** Another run than before. */
function begin(key: string): void {
  shownKey = key;
  window.scrollTo(0, 0);
}

/** Draws a part of the page when what it shows has changed; returns whether it did. */
function draw(part: Element, value: unknown, content: () => Child): boolean {
  const text = JSON.stringify(value) ?? '';
  if (drawn.get(part) === text) return false;
  drawn.set(part, text);
  fill(part, content());
  return true;
}

connection.post({ type: 'ready' });
