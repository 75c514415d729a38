import type { Estimate } from '../../../core/analysis/note.ts';
import type { Sensitivity } from '../../../core/analysis/sensitivity.ts';
import type { SensitivityTexts } from '../../../extension/results/sensitivityTexts.ts';

/** What is drawn and written of one analysis. */
export interface SensitivityTable {
  /** What the one or two bars of each row are. */
  readonly series: readonly string[];
  /** From the left end of the bars to the right one. */
  readonly axis: { readonly min: number; readonly max: number };
  /** Columns of numbers behind each bar's value and interval: whether there are p-values. */
  readonly hasP: boolean;
  /** What the interval is. */
  readonly intervalTitle: string;
  readonly rows: readonly SensitivityRow[];
  /** What is said below the table: R², base points. */
  readonly summary: string;
}

/** A parameter. */
export interface SensitivityRow {
  readonly name: string;
  /** For a category, what it is compared with. */
  readonly detail: string;
  readonly bars: readonly Bar[];
}

/** A value with its interval. */
export interface Bar extends Estimate {
  /** Undefined where the analysis has none. */
  readonly p?: number | undefined;
}

/** Lays out an analysis; undefined where there is nothing to show. */
export function tableOf(analysis: Sensitivity, texts: SensitivityTexts): SensitivityTable | undefined {
  switch (analysis.kind) {
    case 'correlation': {
      const rows = analysis.parameters.map(({ name, spearman, pearson }) => ({
        name,
        detail: '',
        bars: [spearman, pearson],
      }));
      return made(rows, {
        series: [texts.spearman, texts.pearson],
        axis: { min: -1, max: 1 },
        hasP: true,
        intervalTitle: texts.interval,
        summary: '',
      });
    }
    case 'regression': {
      const rows = analysis.coefficients.map(({ name, reference, ...bar }) => ({
        name,
        detail: reference === undefined ? '' : texts.against.replace('{0}', () => reference),
        bars: [bar],
      }));
      return made(rows, {
        series: [texts.coefficient],
        axis: aroundZero(rows),
        hasP: true,
        intervalTitle: texts.interval,
        summary: texts.fit
          .replace('{0}', figure(analysis.r2 ?? 0))
          .replace('{1}', figure(analysis.adjustedR2 ?? 0)),
      });
    }
    case 'importance': {
      const rows = analysis.parameters.map(({ name, ...bar }) => ({ name, detail: '', bars: [bar] }));
      return made(rows, {
        series: [texts.importance],
        axis: fromZero(rows, 0),
        hasP: false,
        intervalTitle: texts.deviation,
        summary: texts.prediction.replace('{0}', figure(analysis.r2 ?? 0)),
      });
    }
    case 'sobol': {
      const rows = analysis.parameters.map(({ name, first, total }) => ({
        name,
        detail: '',
        bars: [first, total],
      }));
      return made(rows, {
        series: [texts.firstOrder, texts.total],
        axis: fromZero(rows, 1),
        hasP: false,
        intervalTitle: texts.interval,
        summary: texts.basePoints.replace('{0}', analysis.basePoints.toLocaleString()),
      });
    }
  }
}

function made(
  rows: readonly SensitivityRow[],
  table: Omit<SensitivityTable, 'rows'>,
): SensitivityTable | undefined {
  return rows.length === 0 ? undefined : { ...table, rows };
}

function endsOf(rows: readonly SensitivityRow[]): number[] {
  return rows.flatMap(({ bars }) =>
    bars.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
  );
}

function aroundZero(rows: readonly SensitivityRow[]): SensitivityTable['axis'] {
  const most = Math.max(1, ...endsOf(rows).map(Math.abs));
  return { min: -most, max: most };
}

function fromZero(rows: readonly SensitivityRow[], least: number): SensitivityTable['axis'] {
  const ends = endsOf(rows);
  const max = Math.max(least, ...ends);
  return { min: Math.min(0, ...ends), max: max > 0 ? max : 1 };
}

/** A value with three decimals; no `-0.000`, which would look like an effect. */
export function figure(value: number): string {
  return value
    .toFixed(3)
    .replace(/^-(0\.000)$/, '$1')
    .replace('-', '−');
}

/** `0.125 to 0.375`, or nothing without an interval. */
export function intervalText({ low, high }: Estimate, to: string): string {
  return low === undefined || high === undefined ? '' : `${figure(low)} ${to} ${figure(high)}`;
}

/** A p-value as people write it. */
export function probability(p: number | undefined): string {
  if (p === undefined) return '';
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** Whether a value cannot be told from none: its interval holds zero. Without an interval, p says it. */
export function isUncertain({ low, high, p = 1 }: Bar): boolean {
  return low === undefined || high === undefined ? p > 0.05 : low <= 0 && high >= 0;
}

/** Round numbers along an axis, about four of them, always with 0. */
export function ticksOf({ min, max }: SensitivityTable['axis']): number[] {
  const rough = (max - min) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, place) =>
    Number(((first + place) * step).toPrecision(6)),
  );
}
