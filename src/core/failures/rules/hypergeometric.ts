/**
 * The probability that chance alone makes a rule look as good: of `total` runs, `failed` of which failed, `met` are drawn
 * blindly, and at least `hits` of them are failed ones. It is the upper tail of the hypergeometric distribution, R. A. Fisher's
 * exact test, one-sided (R. A. Fisher, "The logic of inductive inference", J. R. Stat. Soc. 98, 1935).
 */
export function chanceOf(hits: number, met: number, failed: number, total: number): number {
  let sum = 0;
  for (let k = Math.min(met, failed); k >= hits; k--) sum += Math.exp(logProbability(k, met, failed, total));
  return Math.min(1, sum);
}

function logProbability(k: number, met: number, failed: number, total: number): number {
  if (met - k > total - failed) return Number.NEGATIVE_INFINITY;
  return logChoose(failed, k) + logChoose(total - failed, met - k) - logChoose(total, met);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++)
    logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  return logFactorials[n] ?? 0;
}
