import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Listings } from '../listings.ts';
import type { Fate } from '../text/decisionText.ts';
import { escapeIcons } from '../text/format.ts';

/** A run, and what would become of it. */
export interface ReviewedRun {
  readonly label: string;
  readonly params: string;
  readonly fate: Fate;
  readonly why: string;
}

/** What is about to be started. */
export interface Review<T> {
  readonly title: string;
  /** What a person can do about it, and what is returned then. */
  readonly actions: readonly { readonly label: string; readonly description?: string; readonly value: T }[];
  readonly runs: readonly ReviewedRun[];
}

/** A list with more rows of a kind is read in an editor. */
const mostRows = 300;

const headings: Readonly<Record<Fate, () => string>> = {
  runs: () => t('Run'),
  skipped: () => t('Are skipped'),
  stays: () => t('Stay as they are'),
};
const icons: Readonly<Record<Fate, string>> = { runs: 'play', skipped: 'debug-step-over', stays: 'dash' };
const fates: readonly Fate[] = ['runs', 'skipped', 'stays'];

interface Item<T> extends vscode.QuickPickItem {
  readonly chosen?: { readonly value: T } | 'list';
}

/** Shows why each run would run or be left as it is, before anything is started; resolves to what a person wants then. */
export function review<T>(reviewed: Review<T>, listings: Listings): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  pick.title = reviewed.title;
  pick.placeholder = t('Nothing has been started yet');
  pick.matchOnDescription = true;
  pick.items = itemsOf(reviewed);
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  pick.onDidAccept(() => {
    const chosen = pick.selectedItems[0]?.chosen;
    if (chosen === undefined) return;
    if (chosen === 'list') void listings.show(reviewed.title, listOf(reviewed.runs));
    else resolve(chosen.value);
    pick.hide();
  });
  pick.onDidHide(() => {
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  return promise;
}

function itemsOf<T>({ actions, runs }: Review<T>): Item<T>[] {
  const list: Item<T> = { label: `$(list-flat) ${t('List All in an Editor')}`, chosen: 'list' };
  const items: Item<T>[] = [
    ...actions.map(({ label, description, value }) => ({
      label: `$(run-all) ${label}`,
      ...(description === undefined ? {} : { description }),
      chosen: { value },
    })),
    list,
  ];
  for (const fate of fates) {
    const some = runs.filter((run) => run.fate === fate);
    if (some.length === 0) continue;
    const heading = `${headings[fate]()} · ${some.length.toLocaleString('en')}`;
    items.push({ label: heading, kind: vscode.QuickPickItemKind.Separator });
    for (const { label, params, why } of some.slice(0, mostRows))
      items.push({
        label: `$(${icons[fate]}) ${escapeIcons([label, params].join('  ').trimEnd())}`,
        description: escapeIcons(why),
      });
    const rest = some.length - mostRows;
    if (rest > 0)
      items.push({
        ...list,
        label: `$(ellipsis) ${t('{0} more: list all in an editor', rest.toLocaleString('en'))}`,
      });
  }
  return items;
}

function listOf(runs: readonly ReviewedRun[]): string {
  const lines = fates.flatMap((fate) => {
    const some = runs.filter((run) => run.fate === fate);
    if (some.length === 0) return [];
    const rows = some.map(
      ({ label, params, why }) => `  ${[label, why, params].filter((word) => word !== '').join('  ')}`,
    );
    return [`${headings[fate]()} (${some.length.toLocaleString('en')})`, ...rows, ''];
  });
  return lines.join('\n');
}
