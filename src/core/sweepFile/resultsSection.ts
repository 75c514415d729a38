import { tidyRelativePath } from '../inputNames.ts';
import type { Metric, ResultSources } from '../results/resultSources.ts';
import type { CheckedSweepFile } from './schema.ts';
import { locate, type MapNode, type Report } from './source.ts';

/** What a run's results are. */
export interface ResultsSection {
  /** Where they come from; undefined where programs hand them over themselves. */
  readonly results: ResultSources | undefined;
  /** The result that views sort by. */
  readonly metric: Metric | undefined;
}

/** Reports what is wrong with the results beyond the shape of each key. */
export function checkResults(root: MapNode, report: Report): void {
  const target = locate(root, ['metric', 'target']);
  if (target?.key !== undefined) {
    report(
      'not-supported',
      target.key,
      'a sweep does not end when a run reaches this: all of its runs are run',
      {
        severity: 'warning',
      },
    );
  }
  const results = locate(root, ['results']);
  if (results?.node.kind === 'map' && results.node.entries.size === 0) {
    const range = results.key ?? results.node.range;
    report(
      'missing-key',
      range,
      'results: say where they come from by "file", "stdout", "stderr" or "exit_code"',
    );
  }
}

/** The results of a valid file. */
export function resultsSectionOf({ results, metric }: CheckedSweepFile): ResultsSection {
  return {
    results: results && {
      files: [results.file ?? []].flat().map(tidyRelativePath),
      stdout: results.stdout ?? {},
      stderr: results.stderr ?? {},
      exitCode:
        typeof results.exit_code === 'boolean' ? results.exit_code || null : (results.exit_code ?? null),
    },
    metric: metric && { name: metric.name, goal: metric.goal },
  };
}
