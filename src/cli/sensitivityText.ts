import type { CorrelationAnalysis } from '../core/analysis/correlation.ts';
import type { ImportanceAnalysis } from '../core/analysis/importance.ts';
import type { Estimate, Note } from '../core/analysis/note.ts';
import type { RegressionAnalysis } from '../core/analysis/regression.ts';
import type { Sample } from '../core/analysis/sample.ts';
import type { Sensitivity } from '../core/analysis/sensitivity.ts';
import type { SobolAnalysis } from '../core/analysis/sobolIndices.ts';
import { unreachable } from '../core/unreachable.ts';
import { countOf, cut, harmless } from './text.ts';
import { type TextColumn, textTable } from './textTable.ts';

const widestName = 40;

/** Analyses of one result as lines for a person: a table for each, and what was left out. */
export function sensitivityText(sample: Sample, analyses: readonly Sensitivity[]): string[] {
  return [
    `${name(sample.result)}: ${countOf(sample.runs.length, 'run')}`,
    ...notes(sample.notes),
    ...analyses.flatMap((analysis) => ['', ...linesOf(analysis), ...notes(analysis.notes)]),
  ];
}

function linesOf(analysis: Sensitivity): string[] {
  switch (analysis.kind) {
    case 'correlation':
      return correlationLines(analysis);
    case 'regression':
      return regressionLines(analysis);
    case 'importance':
      return importanceLines(analysis);
    case 'sobol':
      return sobolLines(analysis);
    default:
      return unreachable(analysis);
  }
}

function correlationLines({ parameters, categorical }: CorrelationAnalysis): string[] {
  const lines = ['Correlation'];
  if (parameters.length > 0) {
    lines.push(
      ...textTable([
        words('parameter', parameters, (parameter) => name(parameter.name)),
        numbers('Spearman', parameters, ({ spearman }) => figure(spearman.value)),
        words('95 % interval', parameters, ({ spearman }) => interval(spearman)),
        numbers('p', parameters, ({ spearman }) => probability(spearman.p)),
        numbers('Pearson', parameters, ({ pearson }) => figure(pearson.value)),
        words('95 % interval', parameters, ({ pearson }) => interval(pearson)),
        numbers('p', parameters, ({ pearson }) => probability(pearson.p)),
        numbers('runs', parameters, ({ runs }) => String(runs)),
      ]),
    );
  }
  if (categorical.length > 0) {
    lines.push(
      ...(parameters.length > 0 ? [''] : []),
      ...textTable([
        words('parameter', categorical, (effect) => name(effect.name)),
        numbers('eta²', categorical, ({ etaSquared }) => figure(etaSquared)),
        numbers('p', categorical, ({ p }) => probability(p)),
        numbers('categories', categorical, ({ categories }) => String(categories)),
        numbers('runs', categorical, ({ runs }) => String(runs)),
      ]),
    );
  }
  return lines;
}

function regressionLines({ coefficients, r2, adjustedR2 }: RegressionAnalysis): string[] {
  const lines = ['Linear regression, standardised coefficients'];
  if (r2 === undefined) return lines;
  return [
    ...lines,
    ...textTable([
      words('parameter', coefficients, (coefficient) =>
        coefficient.reference === undefined
          ? name(coefficient.name)
          : `${name(coefficient.name)} (against ${name(coefficient.reference)})`,
      ),
      numbers('coefficient', coefficients, ({ value }) => figure(value)),
      words('95 % interval', coefficients, interval),
      numbers('p', coefficients, ({ p }) => probability(p)),
    ]),
    `R² ${figure(r2)}${adjustedR2 === undefined ? '' : `, adjusted ${figure(adjustedR2)}`}`,
  ];
}

function importanceLines({ parameters, r2 }: ImportanceAnalysis): string[] {
  const lines = ['Permutation importance, loss of R² of a random forest'];
  if (r2 === undefined) return lines;
  return [
    ...lines,
    ...textTable([
      words('parameter', parameters, (parameter) => name(parameter.name)),
      numbers('importance', parameters, ({ value }) => figure(value)),
      words('± deviation', parameters, ({ value, high = value }) => `± ${figure(high - value)}`),
    ]),
    `R² ${figure(r2)} for runs that it had not seen`,
  ];
}

function sobolLines({ parameters, basePoints }: SobolAnalysis): string[] {
  const lines = ['Sobol indices'];
  if (parameters.length === 0) return lines;
  return [
    ...lines,
    ...textTable([
      words('parameter', parameters, (parameter) => name(parameter.name)),
      numbers('first order', parameters, ({ first }) => figure(first.value)),
      words('95 % interval', parameters, ({ first }) => interval(first)),
      numbers('total', parameters, ({ total }) => figure(total.value)),
      words('95 % interval', parameters, ({ total }) => interval(total)),
    ]),
    countOf(basePoints, 'base point'),
  ];
}

function words<T>(title: string, rows: readonly T[], cell: (row: T) => string): TextColumn {
  return { title, cells: rows.map(cell), side: 'right' };
}

function numbers<T>(title: string, rows: readonly T[], cell: (row: T) => string): TextColumn {
  return { title, cells: rows.map(cell), side: 'left' };
}

function name(text: string): string {
  return cut(harmless(text.slice(0, 1000)).replaceAll(/\s+/g, ' '), widestName);
}

function figure(value: number): string {
  // -0.000 would look like an effect.
  return value.toFixed(3).replace(/^-(0\.000)$/, '$1');
}

function interval({ low, high }: Estimate): string {
  return low === undefined || high === undefined ? '' : `${figure(low)} to ${figure(high)}`;
}

function probability(p: number | undefined): string {
  if (p === undefined) return '';
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

function notes(all: readonly Note[]): string[] {
  return all.map((note) => `Note: ${noteText(note)}.`);
}

function noteText(note: Note): string {
  switch (note.kind) {
    case 'unsuccessful':
      return `${countOf(note.runs, 'run')} without success left out`;
    case 'no-number':
      return `${countOf(note.runs, 'run')} left out, whose result is no finite number`;
    case 'constant-result':
      return 'the result is the same in all runs, so that nothing can explain it';
    case 'few-runs':
      return `${countOf(note.runs, 'run')} with a result; this needs at least ${note.needed}`;
    case 'no-parameter':
      return 'no parameter varies that could be looked at';
    case 'constant':
      return `${list(note.parameters)} left out: the same in all runs that have a result`;
    case 'no-numbers':
      return `${list(note.parameters)}: words have no order and so no correlation; eta² is the share of the variance that lies between them`;
    case 'many-categories':
      return `${list(note.parameters)} left out: too many different words for so few runs`;
    case 'incomplete':
      return `${list(note.parameters)} left out: missing in some runs`;
    case 'dependent':
      return `${list(note.parameters)} left out: determined by the parameters before, so that their effects cannot be told apart`;
    case 'subsample':
      return `${note.runs} of ${note.of} runs, chosen at random, were looked at; more would take too long`;
    case 'poor-prediction':
      return `the forest predicts badly (R² ${figure(note.r2)}), so that its importances mean little; more runs may help`;
    case 'poor-fit':
      return `a linear model explains little of it (R² ${figure(note.r2)}); see the importance for effects of other shapes`;
    case 'incomplete-base-points':
      return `${note.missing} of ${note.of} base points left out: some of their runs have no result`;
    case 'shared-values':
      return 'runs of a Saltelli design share values, so that what is said of chance is a little too sure';
    case 'no-design':
      return 'the sweep was not planned for Sobol indices; write "design: saltelli" with "samples" in its sweep file';
    case 'other-order':
      return 'the runs do not stand as "design: saltelli" has them, so that there are no Sobol indices';
    default:
      return unreachable(note);
  }
}

function list(names: readonly string[]): string {
  return names.map(name).join(', ');
}
