import { t } from '@vscode/l10n';
import { plotsTexts } from './plotsTexts.ts';
import type { ResultsTexts } from './protocol.ts';

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
  };
}
