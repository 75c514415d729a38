import type { RunStatus } from '../../core/run.ts';
import { chunkSize, type RunChunk, type RunTable, runAt } from '../../core/runTable.ts';
import { unreachable } from '../../core/unreachable.ts';

/** Which runs the tree shows. */
export type RunFilter = 'all' | 'failed' | 'running';

/** How many runs have each status. */
export type StatusCounts = Readonly<Record<RunStatus, number>>;

/** A row below a sweep or a range. */
export type Part =
  | { readonly kind: 'run'; readonly run: number }
  | { readonly kind: 'range'; readonly start: number; readonly end: number };

/** More runs than this are grouped. */
export const mostRunsInARow = 200;
const mostRanges = 100;

/** How many of the runs that were counted a filter lets through. */
export function countShown(counts: StatusCounts, filter: RunFilter): number {
  switch (filter) {
    case 'all':
      return counts.pending + counts.running + counts.success + counts.failure + counts.skipped;
    case 'failed':
      return counts.failure;
    case 'running':
      return counts.running;
    default:
      return unreachable(filter);
  }
}

/** The rows for the runs `start` … `end`-1: runs, or ranges of equal size where too many would be shown. */
export function partsOf(table: RunTable, filter: RunFilter, start: number, end: number): Part[] {
  const shown = countShown(countRuns(table, start, end), filter);
  return shown <= mostRunsInARow
    ? runsShown(table, filter, start, end)
    : rangesShown(table, filter, start, end);
}

function runsShown(table: RunTable, filter: RunFilter, start: number, end: number): Part[] {
  const parts: Part[] = [];
  let run = start;
  while (run < end) {
    if (run % chunkSize === 0 && countShown(countChunk(table.chunks[run / chunkSize]), filter) === 0) {
      run += chunkSize;
    } else {
      if (isRunShown(runAt(table, run).status, filter)) parts.push({ kind: 'run', run });
      run += 1;
    }
  }
  return parts;
}

function rangesShown(table: RunTable, filter: RunFilter, start: number, end: number): Part[] {
  const size = rangeSize(end - start);
  const parts: Part[] = [];
  for (let from = start; from < end; from += size) {
    const to = Math.min(from + size, end);
    if (countShown(countRuns(table, from, to), filter) > 0)
      parts.push({ kind: 'range', start: from, end: to });
  }
  return parts;
}

/** A power of a hundred, so that ranges begin at round numbers and those of a range lie within it. */
function rangeSize(span: number): number {
  let size = mostRanges;
  while (span / size > mostRanges) size *= mostRanges;
  return size;
}

/** The range that a run or a range stands in; undefined where it stands directly below its sweep. */
export function rangeAround(
  table: RunTable,
  filter: RunFilter,
  total: number,
  part: Part,
): RangePart | undefined {
  const [first, size] = part.kind === 'run' ? [part.run, 0] : [part.start, part.end - part.start];
  let around: RangePart | undefined;
  let parts = partsOf(table, filter, 0, total);
  for (;;) {
    const next = parts
      .filter((other) => other.kind === 'range')
      .find(({ start, end }) => start <= first && first < end && end - start > size);
    if (next === undefined) return around;
    around = next;
    parts = partsOf(table, filter, next.start, next.end);
  }
}

type RangePart = Extract<Part, { kind: 'range' }>;

/** Whether a filter lets a run of this status through. */
export function isRunShown(status: RunStatus, filter: RunFilter): boolean {
  return (
    filter === 'all' ||
    (filter === 'failed' && status === 'failure') ||
    (filter === 'running' && status === 'running')
  );
}

/** Counts the runs `start` … `end`-1 by status. Whole chunks are counted once for each state they are ever in. */
export function countRuns(table: RunTable, start: number, end: number): StatusCounts {
  const counts: Record<RunStatus, number> = { skipped: 0, pending: 0, running: 0, success: 0, failure: 0 };
  let run = start;
  while (run < end) {
    const whole = run % chunkSize === 0 && run + chunkSize <= end;
    if (whole) {
      addTo(counts, countChunk(table.chunks[run / chunkSize]));
      run += chunkSize;
    } else {
      counts[runAt(table, run).status] += 1;
      run += 1;
    }
  }
  return counts;
}

const counted = new WeakMap<RunChunk, StatusCounts>();
const allPending: StatusCounts = { skipped: 0, pending: chunkSize, running: 0, success: 0, failure: 0 };

function countChunk(chunk: RunChunk | undefined): StatusCounts {
  if (chunk === undefined) return allPending;
  const known = counted.get(chunk);
  if (known !== undefined) return known;
  const counts = { skipped: 0, pending: 0, running: 0, success: 0, failure: 0 };
  for (const { status } of chunk.runs) counts[status] += 1;
  counted.set(chunk, counts);
  return counts;
}

function addTo(sum: Record<RunStatus, number>, counts: StatusCounts): void {
  sum.skipped += counts.skipped;
  sum.pending += counts.pending;
  sum.running += counts.running;
  sum.success += counts.success;
  sum.failure += counts.failure;
}
