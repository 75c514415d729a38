import { t } from '@vscode/l10n';
import { plotsTexts } from './plotsTexts.ts';
import type { ResultsTexts } from './protocol.ts';
import { sensitivityTexts } from './sensitivityTexts.ts';

/** The page's own words in the person's language. */
export function resultsTexts(): ResultsTexts {
  return {
    runs: t('{0} runs'),
    shown: t('{0} of {1} runs'),
    selected: t('{0} selected'),
    none: t('No run has handed back results yet. They appear here as runs end.'),
    columns: t('Columns'),
    clearFilters: t('Clear Filters'),
    export: t('Export…'),
    openRun: t('Open Run'),
    openLog: t('Open Log'),
    openResults: t('Open Results of Run'),
    directory: t('Directory'),
    runAgain: t('Run Again'),
    copyParameters: t('Copy Parameters'),
    unreadable: t('Results that cannot be read: {0}. Run {1}: {2}'),
    dropped: t('{0} more columns are left out: there are too many.'),
    best: t('Best run'),
    reading: t('Reading results…'),
    parameters: t('Parameters'),
    results: t('Results'),
    run: t('Run'),
    table: t('Results of all runs'),
    tableTab: t('Table'),
    plots: plotsTexts(),
    sensitivity: sensitivityTexts(),
    debug: t('Debug Run'),
    compare: t('Compare Runs'),
    refine: t('New Sweep from Selection'),
    search: t('Search'),
    all: t('All'),
    missing: t('(none)'),
    noMatch: t('No value matches.'),
    from: t('from'),
    to: t('to'),
    groupBy: t('Group By'),
    groupedBy: t('By {0}'),
    groupByParameter: t('Parameters'),
    groupedTable: t('Results of groups of runs'),
    singleRuns: t('Single Runs'),
    repetitions: t('Repetitions Together'),
    groupRuns: t('runs'),
    groupSucceeded: t('succeeded'),
    groupMean: t('mean ± sd'),
    groupMin: t('min'),
    groupMax: t('max'),
  };
}
