import { t } from '@vscode/l10n';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import type { ParameterDefinition } from '../../core/sweepFile/reading.ts';
import { formatRoughly } from '../text/format.ts';
import { runsText } from '../tree/labels.ts';

/** A line of small print above a line of a sweep file. */
export interface Lens {
  /** An offset in the line below. */
  readonly offset: number;
  readonly title: string;
  /** What a click does. */
  readonly action: 'run' | 'preview' | 'trust' | 'problems';
}

/** What is known of the window and of earlier sweeps. */
export interface LensFacts {
  readonly isTrusted: boolean;
  /** How long the sweep probably takes, in ms; undefined when nothing is known. */
  readonly estimate: number | undefined;
}

/** Above more parameters than these, small print helps nobody. */
const mostParameters = 100;

/** What stands above a sweep file, and above its parameters. */
export function lensesOf({ runnable, diagnostics, parsed }: LoadedSweepFile, facts: LensFacts): Lens[] {
  const counts = parsed.parameters.length > mostParameters ? [] : parsed.parameters.flatMap(countLens);
  if (runnable === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const title =
      errors === 1
        ? t('$(error)\u00a01 problem to solve before it runs')
        : t('$(error)\u00a0{0} problems to solve before it runs', errors);
    return [{ offset: 0, title, action: 'problems' }, ...counts];
  }
  const run: Lens = facts.isTrusted
    ? { offset: 0, title: t('$(play)\u00a0Run {0}', runsText(runnable.plan.size)), action: 'run' }
    : { offset: 0, title: t('$(shield)\u00a0Trust this workspace to run it'), action: 'trust' };
  const preview: Lens = { offset: 0, title: t('Preview'), action: 'preview' };
  const time: Lens[] =
    facts.estimate === undefined
      ? []
      : [{ offset: 0, title: formatRoughly(facts.estimate), action: 'preview' }];
  return [run, preview, ...time, ...counts];
}

/** What is the same in every run, or computed, has no count. */
function countLens({ nameRange, summary, domain }: ParameterDefinition): Lens[] {
  if (domain === undefined || domain.kind === 'constant') return [];
  return [{ offset: nameRange.start, title: summary, action: 'preview' }];
}
