import type { PlotKind } from '../choices.ts';
import type { Figure, FigureInput } from '../figure.ts';
import { contourFigure } from './contour.ts';
import { boxFigure, ecdfFigure, histogramFigure } from './distribution.ts';
import { heatmapFigure } from './heatmap.ts';
import { convergenceFigure, linesFigure } from './lines.ts';
import { matrixFigure } from './matrix.ts';
import { outcomeFigure } from './outcome.ts';
import { parallelFigure } from './parallel.ts';
import { paretoFigure } from './pareto.ts';
import { scatterFigure } from './scatter.ts';

/** Makes the figure of each kind; undefined where its columns are not there. */
export const figures: Readonly<Record<PlotKind, (input: FigureInput) => Figure | undefined>> = {
  parallel: parallelFigure,
  scatter: scatterFigure,
  lines: linesFigure,
  heatmap: heatmapFigure,
  contour: contourFigure,
  histogram: histogramFigure,
  ecdf: ecdfFigure,
  box: boxFigure,
  matrix: matrixFigure,
  pareto: paretoFigure,
  convergence: convergenceFigure,
  outcome: outcomeFigure,
};
