import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { changeOf, compareValues } from '../../core/compare/compareValues.ts';
import { flatten } from '../../core/flatten.ts';
import type { ParamValue } from '../../core/run.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { durationOf } from '../../core/sweepState.ts';
import type { RunTarget } from '../commands/targets.ts';
import { listFiles } from '../run/listFiles.ts';
import { formatDuration, oneLine } from '../text/format.ts';
import { runReason, statusText } from '../tree/labels.ts';
import type { CompareCell, ComparePage, CompareTable } from './protocol.ts';
import { shownValues } from './shownValues.ts';

const largestCompared = 20_000_000;

/** What differs between runs: how they went, parameters, results, and of two runs their files. */
export async function runsPage(targets: readonly RunTarget[]): Promise<ComparePage> {
  const results = await Promise.all(targets.map(({ view, run }) => view.results(run).catch(() => undefined)));
  const header = headings(targets);
  const tables = [
    table(
      t('How they went'),
      header,
      targets.map(({ view, run }) => facts(view, run)),
    ),
    table(
      t('Parameters'),
      header,
      targets.map(({ view, run }) => flatten(view.params(run))),
    ),
    table(
      t('Results'),
      header,
      results.map((values) => flatten(values)),
    ),
  ];
  const [first, second] = targets;
  const isPair = first !== undefined && second !== undefined && targets.length === 2;
  if (isPair) tables.push(await filesTable(first, second));
  return {
    title: isPair ? t('Compare two runs') : t('Compare {0} runs', targets.length),
    subtitle: [...new Set(targets.map(({ view }) => oneLine(view.header.name, 80)))].join(', '),
    showSame: t('Show what is the same'),
    normalise: isPair ? t('Compare files without times, process ids and paths of the runs') : '',
    tables,
  };
}

function headings(targets: readonly RunTarget[]): CompareCell[] {
  const severalSweeps = new Set(targets.map(({ view }) => view.directory)).size > 1;
  const runs = targets.map(({ view, run }) => ({
    text: severalSweeps
      ? `${oneLine(view.header.name, 30)} ${view.label(run)}`
      : t('Run {0}', view.label(run)),
    action: { kind: 'open-run', directory: view.directory, run } as const,
  }));
  return [{ text: '' }, ...runs, ...(targets.length === 2 ? [{ text: t('Change') }] : [])];
}

function facts(view: SweepView, run: number): Map<string, ParamValue> {
  const state = runAt(view.state.runs, run);
  const duration = durationOf(state, Date.now());
  const all = new Map<string, ParamValue>([[t('status'), statusText(state.status)]]);
  if (runReason(state) !== '') all.set(t('reason'), runReason(state));
  if (duration !== undefined) all.set(t('duration'), formatDuration(duration));
  return all;
}

function table(
  title: string,
  header: readonly CompareCell[],
  runs: readonly ReadonlyMap<string, ParamValue>[],
): CompareTable {
  const { differing, same } = compareValues(runs);
  const row =
    (isSame: boolean) => (compared: { name: string; values: readonly (ParamValue | undefined)[] }) => ({
      isSame,
      cells: [
        { text: compared.name, look: 'muted' } as const,
        ...shownValues(compared.values).map((text) => ({ text })),
        ...(runs.length === 2
          ? [{ text: changeText(compared.values[0], compared.values[1]), look: 'changed' } as const]
          : []),
      ],
    });
  const note = differing.length > 0 ? '' : same.length > 0 ? t('Nothing differs.') : t('There are none.');
  return { title, note, header, rows: [...differing.map(row(false)), ...same.map(row(true))] };
}

/** How a number changed: "+12.5 (+3.2 %)"; empty for what is no number. */
export function changeText(before: ParamValue | undefined, after: ParamValue | undefined): string {
  const change = changeOf(before, after);
  if (change === undefined || change.difference === 0) return '';
  const { difference, relative } = change;
  const sign = difference > 0 ? '+' : '−';
  const amount = `${sign}${Number(Math.abs(difference).toPrecision(4))}`;
  return relative === undefined
    ? amount
    : `${amount} (${sign}${Number(Math.abs(100 * relative).toPrecision(3))} %)`;
}

async function filesTable(first: RunTarget, second: RunTarget): Promise<CompareTable> {
  const [left, right] = await Promise.all(
    [first, second].map(async ({ view, run }) => {
      const { files } = await listFiles(view.runDirectory(run), view.header.inputs);
      return new Map(files.filter(({ kind }) => kind !== 'folder').map((file) => [file.name, file.size]));
    }),
  );
  const names = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])];
  const rows = await Promise.all(
    names.map(async (name) => {
      const sizes = [left?.get(name), right?.get(name)];
      const isSame = !sizes.includes(undefined) && (await haveSameContent(first, second, name));
      const isBoth = !sizes.includes(undefined);
      return {
        isSame,
        cells: [
          { text: name, action: isBoth ? ({ kind: 'diff', name } as const) : undefined },
          ...sizes.map((size) => ({ text: size ?? '–' })),
          { text: isSame ? '' : isBoth ? t('differs') : '', look: 'changed' } as const,
        ],
      };
    }),
  );
  const differing = rows.filter(({ isSame }) => !isSame);
  const note = differing.length > 0 ? '' : t('Nothing differs.');
  return {
    title: t('Files'),
    note,
    header: headings([first, second]),
    rows: [...differing, ...rows.filter(({ isSame }) => isSame)],
  };
}

async function haveSameContent(first: RunTarget, second: RunTarget, name: string): Promise<boolean> {
  const contents = await Promise.all(
    [first, second].map(async ({ view, run }) => {
      const content = await readFile(join(view.runDirectory(run), name)).catch(() => undefined);
      return content !== undefined && content.length <= largestCompared ? content : undefined;
    }),
  );
  const [a, b] = contents;
  return a !== undefined && b !== undefined && a.equals(b);
}
