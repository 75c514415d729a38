import { t } from '@vscode/l10n';
import PQueue from 'p-queue';
import { changedResults } from '../../core/compare/changedResults.ts';
import { matchRuns } from '../../core/compare/matchRuns.ts';
import { flatten } from '../../core/flatten.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { formatMoment, formatParams, oneLine } from '../text/format.ts';
import { runsText, statusText } from '../tree/labels.ts';
import type { CompareCell, ComparePage, CompareTable } from './protocol.ts';
import { changeText } from './runsPage.ts';
import { shownValues } from './shownValues.ts';

const filesAtOnce = 32;
/** More rows than this are not shown. */
const mostRows = 2000;

/** What changed from one sweep to another: its runs are matched by the parameters that both have. */
export async function sweepsPage(
  before: SweepView,
  after: SweepView,
  now: Date,
  locale: string,
): Promise<ComparePage> {
  const params = ({ params: paramsOf, state }: SweepView) =>
    Array.from({ length: state.total }, (_, run) => flatten(paramsOf(run)));
  const matching = matchRuns(params(before), params(after));
  const queue = new PQueue({ concurrency: filesAtOnce });
  const rows = await queue.addAll(
    matching.pairs.slice(0, mostRows).map(
      ([old, young]) =>
        () =>
          rowsOf(before, after, old, young),
    ),
  );
  const flat = rows.flat();
  const changedRuns = rows.filter((all) => all.some(({ isSame }) => !isSame)).length;
  const name = ({ header }: SweepView) =>
    `${oneLine(header.name, 40)}, ${formatMoment(new Date(header.createdAt), now, locale)}`;
  return {
    title: t('Compare two sweeps'),
    subtitle: t('{0} → {1}', name(before), name(after)),
    showSame: t('Show what is the same'),
    normalise: '',
    tables: [
      {
        title: t('Runs'),
        note: noteOf(matching, changedRuns),
        header: [t('Parameters'), t('Result'), t('Before'), t('After'), t('Change')].map((text) => ({
          text,
        })),
        rows: [...flat.filter(({ isSame }) => !isSame), ...flat.filter(({ isSame }) => isSame)],
      },
    ],
  };
}

function noteOf(matching: ReturnType<typeof matchRuns>, changed: number): string {
  const { by, pairs, unmatchedBefore, unmatchedAfter } = matching;
  if (by.length === 0) return t('The sweeps have no parameter in common, so that no runs belong together.');
  const words = [
    t(
      '{0} matched by {1}; {2} changed',
      runsText(pairs.length),
      by.map((one) => oneLine(one, 40)).join(', '),
      changed,
    ),
  ];
  if (unmatchedBefore.length > 0) words.push(t('{0} only before', runsText(unmatchedBefore.length)));
  if (unmatchedAfter.length > 0) words.push(t('{0} only after', runsText(unmatchedAfter.length)));
  if (pairs.length > mostRows) words.push(t('the first {0} are shown', mostRows));
  return words.join('; ');
}

async function rowsOf(
  before: SweepView,
  after: SweepView,
  old: number,
  young: number,
): Promise<CompareTable['rows'][number][]> {
  const [was, is] = await Promise.all([resultsOf(before, old), resultsOf(after, young)]);
  const status = (view: SweepView, run: number) => statusText(runAt(view.state.runs, run).status);
  const [oldStatus, youngStatus] = [status(before, old), status(after, young)];
  const first: CompareCell = {
    text: formatParams(before.params(old), before.header.varying) || t('Run {0}', before.label(old)),
    action: { kind: 'compare-runs', before: old, after: young },
  };
  const row = (isSame: boolean, name: string, from: string, to: string, change: string) => ({
    isSame,
    cells: [
      first,
      { text: name, look: 'muted' as const },
      { text: from },
      { text: to },
      { text: change, look: 'changed' as const },
    ],
  });
  const rows = changedResults(was, is).map(({ name, before: from, after: to }) => {
    const [left = '', right = ''] = shownValues([from, to]);
    return row(false, name, left, right, changeText(from, to) || t('changed'));
  });
  if (oldStatus !== youngStatus) rows.unshift(row(false, t('status'), oldStatus, youngStatus, t('changed')));
  return rows.length > 0 ? rows : [row(true, t('status'), oldStatus, youngStatus, '')];
}

async function resultsOf(view: SweepView, run: number) {
  return flatten(await view.results(run).catch(() => undefined));
}
