import { t } from '@vscode/l10n';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { unreachable } from '../../core/unreachable.ts';
import { formatRoughly } from '../text/format.ts';
import { runsText } from '../tree/labels.ts';
import { mostCompared } from './comparison.ts';
import { columnsOf, type PreviewRuns, sizeOf } from './pages.ts';
import type { FilterChoice, PreviewFilter, PreviewPlan, PreviewTexts } from './protocol.ts';

/** What the plan is compared with. */
export type PastSweep =
  /** The file was never run. */
  | { readonly kind: 'none' }
  /** Its random values are drawn anew for each sweep, so that no run could be the same. */
  | { readonly kind: 'unseeded' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'sweep'; readonly when: string };

/** What a plan is described from. */
export interface PlanFacts {
  readonly version: number;
  readonly runs: PreviewRuns | undefined;
  readonly past: PastSweep;
  /** How many runs may run at the same time. */
  readonly maxParallel: number;
  /** In ms; undefined when nothing is known. */
  readonly estimate: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly isTrusted: boolean;
  readonly locale: string;
}

/** Describes a plan for the page. */
export function describePlan(facts: PlanFacts): PreviewPlan {
  const { runs, diagnostics, version } = facts;
  const isOutdated = diagnostics.some(({ severity }) => severity === 'error');
  return {
    version,
    size: runs?.plan.size ?? 0,
    headline: runs === undefined ? '' : runsText(runs.plan.size),
    details: runs === undefined ? '' : detailsOf(facts),
    run: runs === undefined || isOutdated || !facts.isTrusted ? '' : t('Run'),
    columns: runs === undefined ? [] : columnsOf(runs.plan),
    goneColumns: runs?.past === undefined ? [] : columnsOf(runs.past),
    filters: runs === undefined ? [] : filtersOf(runs, facts),
    comparison: runs === undefined ? '' : comparisonText(facts.past),
    problems: diagnostics.map(({ severity, message }) => ({ severity, message })),
    isOutdated,
  };
}

function detailsOf({ runs, maxParallel, estimate }: PlanFacts): string {
  const size = runs?.plan.size ?? 0;
  const atOnce = size > 1 ? [t('{0} at a time', Math.min(size, maxParallel))] : [];
  const time = estimate === undefined ? [] : [formatRoughly(estimate)];
  return [...atOnce, ...time].join(' · ');
}

function filtersOf(runs: PreviewRuns, { past, locale }: PlanFacts): FilterChoice[] {
  const isPending = runs.comparison === undefined;
  const choice = (filter: PreviewFilter, title: string, tooltip: string, sign = ''): FilterChoice => {
    const size = sizeOf(runs, filter);
    const isKnown = filter === 'all' || filter === 'excluded' || !isPending;
    return { filter, title, count: isKnown ? `${sign}${size.toLocaleString(locale)}` : '…', size, tooltip };
  };
  const compared =
    past.kind !== 'sweep'
      ? []
      : [
          choice('added', t('New'), t('Runs that the last sweep did not have'), '+'),
          choice('gone', t('Gone'), t('Runs of the last sweep that are not planned any more'), '−'),
          choice('kept', t('Kept'), t('Runs that the last sweep had too')),
        ];
  const excluded =
    runs.excluded.size === 0
      ? []
      : [choice('excluded', t('Left out'), t('Combinations that the sweep file leaves out, and why'))];
  if (compared.length + excluded.length === 0) return [];
  return [choice('all', t('All'), t('Everything that runs')), ...compared, ...excluded];
}

function comparisonText(past: PastSweep): string {
  switch (past.kind) {
    case 'none':
      return '';
    case 'unseeded':
      return t('Random values are drawn anew for each sweep; write “seed” to keep them.');
    case 'too-large':
      return t('Plans over {0} runs are not compared with the last sweep.', mostCompared.toLocaleString());
    case 'sweep':
      return t('Compared with the sweep of {0}', past.when);
    default:
      return unreachable(past);
  }
}

/** The page's own words. */
export function previewTexts(): PreviewTexts {
  return {
    table: t('Runs'),
    number: t('run'),
    reason: t('why'),
    command: t('Command'),
    empty: t('No runs'),
    noCommand: t('Choose a run to see its command.'),
  };
}
