import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { ExplainedCluster } from '../failures/analyseFailures.ts';
import type { Analyst } from '../failures/analyst.ts';
import type { ClusterNode, ClusterPartNode, RuleNode, RunNode, TreeNode, WhyNode } from './nodes.ts';
import { mostRunsInARow } from './ranges.ts';

/** Rows about failures, and runs below them. */
type FailureNode = WhyNode | ClusterNode | ClusterPartNode;

const partSize = 100;

/** Whether any run failed by itself: one that a person cancelled did not. */
export function hasErrors({ state }: SweepView): boolean {
  if (state.counts.failure === 0) return false;
  for (let run = 0; run < state.total; run++) {
    const known = runAt(state.runs, run);
    if (known.status !== 'failure') continue;
    if (known.failure.reason !== 'cancelled' && known.failure.reason !== 'halted') return true;
  }
  return false;
}

/** The cluster of a row; undefined when its runs say something else by now. */
export function clusterOf(
  { directory, signature }: Pick<ClusterNode, 'directory' | 'signature'>,
  analyst: Pick<Analyst, 'failures'>,
): ExplainedCluster | undefined {
  return analyst.failures(directory)?.clusters.find((cluster) => cluster.signature === signature);
}

/** The rows below a row about failures. */
export function failureRows(node: FailureNode, analyst: Pick<Analyst, 'failures'>): TreeNode[] {
  const { directory } = node;
  switch (node.kind) {
    case 'why':
      return (analyst.failures(directory)?.clusters ?? []).map(({ signature }) => ({
        kind: 'cluster',
        directory,
        signature,
      }));
    case 'cluster': {
      const { runs = [], rule } = clusterOf(node, analyst) ?? {};
      const { signature } = node;
      return [
        ...(rule === undefined ? [] : [{ kind: 'rule', directory, signature } as const]),
        ...(runs.length <= mostRunsInARow ? runRows(node, runs) : partsOf(node, runs.length)),
      ];
    }
    case 'cluster-part':
      return runRows(node, clusterOf(node, analyst)?.runs.slice(node.start, node.end) ?? []);
    default:
      return unreachable(node);
  }
}

function partsOf({ directory, signature }: ClusterNode, count: number): ClusterPartNode[] {
  return Array.from({ length: Math.ceil(count / partSize) }, (_, part) => ({
    kind: 'cluster-part',
    directory,
    signature,
    start: part * partSize,
    end: Math.min((part + 1) * partSize, count),
  }));
}

function runRows(
  { directory, signature }: ClusterNode | ClusterPartNode,
  runs: readonly number[],
): RunNode[] {
  return runs.map((run) => ({ kind: 'run', directory, run, signature }));
}

/** The row that a row below "Why did they fail?" stands in. */
export function failureRowAbove(
  node: ClusterNode | RuleNode | ClusterPartNode | RunNode,
  analyst: Pick<Analyst, 'failures'>,
): TreeNode {
  const { directory, signature = '' } = node;
  if (node.kind === 'cluster') return { kind: 'why', directory };
  const cluster: ClusterNode = { kind: 'cluster', directory, signature };
  const { runs = [] } = clusterOf(cluster, analyst) ?? {};
  if (node.kind !== 'run' || runs.length <= mostRunsInARow) return cluster;
  const at = runs.indexOf(node.run);
  return partsOf(cluster, runs.length).find(({ start, end }) => start <= at && at < end) ?? cluster;
}
