import { t } from '@vscode/l10n';
import type { Note } from '../../core/analysis/note.ts';
import type { SensitivityKind } from '../../core/analysis/sensitivity.ts';
import { unreachable } from '../../core/unreachable.ts';

/** The words of the tab that tells which parameters a result depends on; `{0}` stands for a value. */
export interface SensitivityTexts {
  readonly tab: string;
  readonly result: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<SensitivityKind, string>>;
  readonly explanations: Readonly<Record<SensitivityKind, string>>;
  readonly nothing: string;
  readonly computing: string;
  readonly parameter: string;
  readonly categories: string;
  readonly spearman: string;
  readonly pearson: string;
  readonly coefficient: string;
  readonly importance: string;
  readonly firstOrder: string;
  readonly total: string;
  readonly interval: string;
  readonly deviation: string;
  readonly to: string;
  readonly against: string;
  readonly runs: string;
  readonly fit: string;
  readonly prediction: string;
  readonly basePoints: string;
}

/** The words in the person's language. */
export function sensitivityTexts(): SensitivityTexts {
  return {
    tab: t('Sensitivity'),
    result: t('Result'),
    kind: t('Analysis'),
    kinds: {
      correlation: t('Correlation'),
      regression: t('Regression'),
      importance: t('Importance'),
      sobol: t('Sobol Indices'),
    },
    explanations: {
      correlation: t(
        'How closely the result goes along with each parameter, from −1 to 1. Spearman sees whatever only rises or only falls, Pearson straight lines.',
      ),
      regression: t(
        'By how many standard deviations the result changes with one of the parameter, the others unchanged. Worth as much as the R² of the linear model.',
      ),
      importance: t(
        'How much of its R² a random forest loses when it is told another run’s value of the parameter. Sees effects of any shape.',
      ),
      sobol: t(
        'The share of the result’s variance that a parameter causes: by itself (first order), and by itself and together with others (total).',
      ),
    },
    nothing: t('No run has handed back a number yet.'),
    computing: t('Computing…'),
    parameter: t('Parameter'),
    categories: t('categories'),
    spearman: t('Spearman'),
    pearson: t('Pearson'),
    coefficient: t('Coefficient'),
    importance: t('Importance'),
    firstOrder: t('First order'),
    total: t('Total'),
    interval: t('95 % interval'),
    deviation: t('± sd'),
    to: t('to'),
    against: t('against {0}'),
    runs: t('{0} runs'),
    fit: t('R² {0}, adjusted {1}'),
    prediction: t('R² {0} for runs that the forest had not seen'),
    basePoints: t('{0} base points'),
  };
}

/** What a person must know of an analysis, one sentence. */
export function noteText(note: Note): string {
  switch (note.kind) {
    case 'unsuccessful':
      return t('Left out, runs without success: {0}.', note.runs);
    case 'no-number':
      return t('Left out, runs whose result is no finite number: {0}.', note.runs);
    case 'constant-result':
      return t('The result is the same in all runs, so that nothing can explain it.');
    case 'few-runs':
      return t('Too few runs with a result: {0}. This needs at least {1}.', note.runs, note.needed);
    case 'no-parameter':
      return t('No parameter varies that could be looked at.');
    case 'constant':
      return t('Left out, the same in all runs that have a result: {0}.', list(note.parameters));
    case 'no-numbers':
      return t(
        'Words have no order and so no correlation; η² is the share of the variance that lies between them: {0}.',
        list(note.parameters),
      );
    case 'many-categories':
      return t('Left out, too many different words for so few runs: {0}.', list(note.parameters));
    case 'incomplete':
      return t('Left out, missing in some runs: {0}.', list(note.parameters));
    case 'dependent':
      return t(
        'Left out, determined by the parameters before, so that their effects cannot be told apart: {0}.',
        list(note.parameters),
      );
    case 'subsample':
      return t('{0} of {1} runs, chosen at random; more would take too long.', note.runs, note.of);
    case 'poor-prediction':
      return t('The forest predicts badly, so that its importances mean little. More runs may help.');
    case 'poor-fit':
      return t(
        'A linear model explains little of this result. “Importance” sees effects of other shapes, too.',
      );
    case 'incomplete-base-points':
      return t('Left out, base points of which some run has no result: {0} of {1}.', note.missing, note.of);
    case 'shared-values':
      return t(
        'Runs of a Saltelli design share values, so that what is said of chance is a little too sure.',
      );
    case 'no-design':
      return t(
        'The sweep was not planned for Sobol indices. Write “design: saltelli” with “samples” in its sweep file, and run it.',
      );
    case 'other-order':
      return t('The runs do not stand as “design: saltelli” has them, so that there are no Sobol indices.');
    default:
      return unreachable(note);
  }
}

const mostNames = 8;

function list(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown}, …` : shown;
}
