import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import { describeRule } from '../../core/failures/rules/rule.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyst } from '../failures/analyst.ts';
import { createPlaceFinder } from '../failures/sourcePlaces.ts';
import type { PageError } from './protocol.ts';

const mostPlaces = 5;

/** What a failed run says of its failure, as far as it is known; undefined for any other run. */
export async function pageErrorOf(
  view: SweepView,
  run: number,
  analyst: Pick<Analyst, 'failures'>,
): Promise<PageError | undefined> {
  const failures = analyst.failures(view.directory);
  const error = failures?.errors.get(run);
  if (failures === undefined || error === undefined) return undefined;
  const cluster = failures.clusters.find(({ signature }) => signature === error.signature);
  const problem = error.problems.findLast(({ kind }) => kind === 'exception') ?? error.problems[0];
  const found = problem === undefined ? [] : await createPlaceFinder().find(view, run, problem);
  const places = found.filter((place) => place !== 'gone');
  return {
    title: error.title,
    places: places.slice(0, mostPlaces).map(({ path, line, function: inFunction }) => ({
      text: [`${basename(path)}:${line}`, inFunction].filter((word) => word !== undefined).join(' '),
      file: path,
      line,
    })),
    cluster:
      cluster === undefined || cluster.runs.length < 2
        ? ''
        : [
            t('{0} of {1} runs fail so', cluster.runs.length, view.state.total),
            ...(cluster.rule === undefined ? [] : [Object.values(describeRule(cluster.rule)).join(', ')]),
          ].join(': '),
  };
}
