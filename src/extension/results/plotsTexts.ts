import { t } from '@vscode/l10n';

/** The words of plots in the person's language; `{0}` stands for a number or a name. */
export interface PlotsTexts {
  readonly tab: string;
  readonly plot: string;
  readonly kinds: {
    readonly parallel: string;
    readonly scatter: string;
    readonly lines: string;
    readonly heatmap: string;
    readonly contour: string;
    readonly histogram: string;
    readonly ecdf: string;
    readonly box: string;
    readonly matrix: string;
    readonly pareto: string;
    readonly convergence: string;
    readonly outcome: string;
  };
  readonly slots: {
    readonly axes: string;
    readonly x: string;
    readonly y: string;
    readonly value: string;
    readonly colour: string;
    readonly size: string;
    readonly group: string;
  };
  readonly log: string;
  readonly logOf: string;
  readonly none: string;
  readonly maximizeOf: string;
  readonly savePng: string;
  readonly saveSvg: string;
  readonly save: string;
  readonly nothing: string;
  readonly missing: string;
  readonly sampled: string;
  readonly noSizes: string;
  readonly emptyCells: string;
  readonly tooFew: string;
  readonly gathered: string;
  readonly surfaceOf: string;
  readonly onFront: string;
  readonly more: string;
  readonly less: string;
  readonly runs: string;
  readonly run: string;
  readonly runCount: string;
  readonly share: string;
  readonly group: string;
  readonly mean: string;
  readonly meanOf: string;
  readonly median: string;
  readonly quartiles: string;
  readonly whiskers: string;
  readonly firstRuns: string;
  readonly duration: string;
  readonly medianDuration: string;
  readonly failed: string;
  readonly failedOf: string;
  readonly description: string;
  readonly hint: string;
  readonly clickHint: string;
}

/** The words of plots in the person's language. */
export function plotsTexts(): PlotsTexts {
  return {
    tab: t('Plots'),
    plot: t('Plot'),
    kinds: {
      parallel: t('Parallel coordinates'),
      scatter: t('Scatter'),
      lines: t('Lines with confidence band'),
      heatmap: t('Heatmap'),
      contour: t('Contour'),
      histogram: t('Histogram'),
      ecdf: t('Cumulative distribution'),
      box: t('Box plot'),
      matrix: t('Scatter matrix'),
      pareto: t('Pareto front'),
      convergence: t('Convergence of the mean'),
      outcome: t('Duration and failures'),
    },
    slots: {
      axes: t('Axes'),
      x: 'X',
      y: 'Y',
      value: t('Value'),
      colour: t('Colour'),
      size: t('Size'),
      group: t('Group'),
    },
    log: t('log'),
    logOf: t('Logarithmic scale for {0}'),
    none: t('none'),
    maximizeOf: t('More of {0} is better'),
    savePng: t('PNG picture'),
    saveSvg: t('SVG drawing'),
    save: t('Save Plot…'),
    nothing: t('There is nothing to draw yet: no run has values for this plot.'),
    missing: t('Runs without a value here are left out: {0}.'),
    sampled: t('{0} of {1} runs are drawn; marking selects among all of them.'),
    noSizes: t('Sizes are left out: there are too many runs.'),
    emptyCells: t('Cells without a result: {0}.'),
    tooFew: t('Too few runs for contours: they need three that are not on a line.'),
    gathered: t('Means of neighbouring runs: other parameters vary, too.'),
    surfaceOf: t('The areas are drawn from {0} of {1} runs.'),
    onFront: t('Runs on the front, which no other run beats in both: {0}.'),
    more: t('more is better'),
    less: t('less is better'),
    runs: t('runs'),
    run: t('Run {0}'),
    runCount: t('{0} runs'),
    share: t('share of runs'),
    group: t('Group'),
    mean: t('mean'),
    meanOf: t('mean of {0}'),
    median: t('median'),
    quartiles: t('quartiles'),
    whiskers: t('whiskers'),
    firstRuns: t('first runs'),
    duration: t('duration in s'),
    medianDuration: t('median duration'),
    failed: t('failed'),
    failedOf: t('{0} of {1}'),
    description: t(
      '{0} of {1}, {2} runs. Arrow keys go from mark to mark, Enter opens a run, Space selects.',
    ),
    clickHint: t('Click to select runs, or to open one.'),
    hint: t('Drag to select runs, click to open one.'),
  };
}
