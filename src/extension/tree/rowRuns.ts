import type { Analyst } from '../failures/analyst.ts';
import { clusterOf } from './failureRows.ts';
import type { TreeNode } from './nodes.ts';

/** The runs that a row stands for: itself, or those that failed alike. A whole sweep is no choice of runs. */
export function runsOfRow(row: TreeNode, analyst: Pick<Analyst, 'failures'>): readonly number[] {
  if (row.kind === 'run') return [row.run];
  return row.kind === 'cluster' ? (clusterOf(row, analyst)?.runs ?? []) : [];
}
