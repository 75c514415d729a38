import { t } from '@vscode/l10n';
import type { ImageGridTexts } from './protocol.ts';

/** The page's own words in the person's language. */
export function imageGridTexts(): ImageGridTexts {
  return {
    image: t('Image'),
    rows: t('Rows'),
    columns: t('Columns'),
    size: t('Size'),
    none: t('None'),
    have: t('{0} of {1} runs have it'),
    noImages: t('No run has drawn an image yet. PNG, SVG and JPEG files in run directories appear here.'),
    looking: t('Looking for images…'),
    run: t('Run {0}'),
    noImage: t('Run {0} has no {1}'),
    noRun: t('No run'),
    previous: t('Previous run'),
    next: t('Next run'),
    range: t('{0} to {1}'),
    missing: t('not set'),
    onlyFirst: t('Only the first {0} of {1} runs are shown.'),
  };
}
