import leven from 'leven';

/** What is longer than this is no slip of a finger, and comparing it with many others takes long. */
const longest = 64;
const mostCandidates = 1000;

/** The candidate that somebody who wrote `word` probably meant: a few slips away, the beginning, or other capitals. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > longest) return undefined;
  const wanted = bare(word);
  let best: string | undefined;
  let bestDistance = Math.ceil(word.length / 3) + 1;
  let seen = 0;
  for (const candidate of candidates) {
    if (seen++ === mostCandidates) break;
    if (candidate === word || candidate.length > longest) continue;
    const other = bare(candidate);
    const isBeginning = wanted.length >= 3 && other.startsWith(wanted);
    // One slip in a name of one or two letters leaves nothing of it.
    const limit = Math.min(bestDistance, Math.max(wanted.length, other.length));
    const distance =
      isBeginning || isShuffled(wanted, other) ? 1 : leven(wanted, other, { maxDistance: limit });
    if (distance < limit) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters in another order are one slip, which costs two in a distance that knows no exchange. */
function isShuffled(a: string, b: string): boolean {
  return a.length === b.length && a !== b && [...a].sort().join() === [...b].sort().join();
}

function bare(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s-]/g, '');
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMeanClause(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
}
