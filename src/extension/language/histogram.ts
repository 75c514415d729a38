import type { Distribution } from '../../core/plan/sampling/distribution.ts';
import { type NumericDistribution, numericQuantileFunction } from '../../core/plan/sampling/quantile.ts';
import { formatValue } from '../text/format.ts';

const bins = 32;
const samples = 4096;
/** What lies further out is left out, so that a long tail does not press all the rest into one bar. */
const tail = 0.002;
/** The values of a logarithmic distribution that span more than this are shown by their logarithms. */
const widestRatio = 100;
const mostValues = 12;
const longestBar = 16;

/** A distribution as text in a fixed-width font: how likely its values are, as bars. */
export function histogram(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'constant':
      return formatValue(distribution.value);
    case 'categorical':
      return likelihoods(distribution);
    default:
      return bars(distribution);
  }
}

function likelihoods({ values, probabilities }: Extract<Distribution, { kind: 'categorical' }>): string {
  const shown = values.slice(0, mostValues).map((value, index) => ({
    name: formatValue(value, 24),
    share: probabilities?.[index] ?? 1 / values.length,
  }));
  const width = Math.max(...shown.map(({ name }) => name.length));
  const largest = Math.max(...shown.map(({ share }) => share));
  const lines = shown.map(({ name, share }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((share / largest) * longestBar)));
    return `${name.padEnd(width)}  ${bar} ${Number((share * 100).toPrecision(3))} %`;
  });
  return [...lines, ...(values.length > mostValues ? ['…'] : [])].join('\n');
}

const heights = '▁▂▃▄▅▆▇█';

function bars(distribution: NumericDistribution): string {
  const quantile = numericQuantileFunction(distribution);
  const [low, high] = [quantile(tail), quantile(1 - tail)];
  if (low === high) return formatValue(low);
  const isLogarithmic = distribution.kind.includes('log') && low > 0 && high / low > widestRatio;
  const scale = isLogarithmic ? Math.log : (value: number) => value;
  const [from, to] = [scale(low), scale(high)];
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < samples; index++) {
    const value = scale(quantile((index + 0.5) / samples));
    const bin = Math.floor(((value - from) / (to - from)) * bins);
    if (bin >= 0 && bin <= bins) counts[Math.min(bin, bins - 1)] = (counts[Math.min(bin, bins - 1)] ?? 0) + 1;
  }
  const largest = Math.max(...counts);
  const line = counts
    .map((count) => (count === 0 ? ' ' : heights.charAt(Math.min(7, Math.floor((count / largest) * 8)))))
    .join('');
  const [left, right] = [formatValue(low), formatValue(high)];
  const axis = left.padEnd(Math.max(left.length + 1, bins - right.length)) + right;
  return isLogarithmic
    ? `${line}\n${axis}\n${'(logarithmic)'.padStart((bins + 13) / 2)}`
    : `${line}\n${axis}`;
}
