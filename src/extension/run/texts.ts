import { t } from '@vscode/l10n';
import type { RunTexts } from './protocol.ts';

/** The page's own words in the person's language. */
export function runTexts(): RunTexts {
  return {
    run: t('Run'),
    parameters: t('Parameters'),
    common: t('The same in all runs'),
    noParameters: t('This run has no parameters.'),
    results: t('Results'),
    times: t('Times'),
    attempts: t('Earlier attempts'),
    command: t('Command line'),
    copy: t('Copy'),
    copied: t('Copied'),
    environment: t('Environment'),
    files: t('Files'),
    images: t('Images'),
    open: t('Open'),
    emptyLog: t('Nothing was written.'),
    cut: t('This is the end of the log. Open it to see all.'),
    moreFiles: t('There are more files than are listed here.'),
  };
}
