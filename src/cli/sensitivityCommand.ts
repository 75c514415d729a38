import { resolve } from 'node:path';
import { repetitionNames, type SweepDesign } from '../core/analysis/design.ts';
import { numericResults, type Sample, sampleOf } from '../core/analysis/sample.ts';
import { analyse, type SensitivityKind, sensitivityKinds } from '../core/analysis/sensitivity.ts';
import { MultirunError } from '../core/errors.ts';
import { commonMetric, readResults } from '../core/exportResults.ts';
import { readDesign } from '../core/readDesign.ts';
import type { Metric } from '../core/results/resultSources.ts';
import { type Column, columnKey } from '../core/resultsTable/column.ts';
import type { ResultsTable } from '../core/resultsTable/table.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { didYouMean, didYouMeanClause } from '../core/sweepFile/didYouMean.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { sensitivityText } from './sensitivityText.ts';

/** What `multirun sensitivity` can be told. */
export interface SensitivityOptions {
  /** Default: the metric; without one, each result that is a number. */
  readonly result?: string;
  /** Default: all; Sobol indices only where the plan was made for them. */
  readonly kind?: SensitivityKind;
  readonly json?: true;
}

/** `multirun sensitivity DIR`: which parameters a result depends on. */
export async function sensitivityCommand(
  directory: string,
  { result, kind, json }: SensitivityOptions,
): Promise<ExitCode> {
  const view = await openSweep(resolve(directory));
  for (const problem of view.problems) process.stderr.write(`multirun: ${problem}\n`);
  const design = await readDesign(view);
  const { table } = await readResults([view], Date.now());
  const kinds =
    kind === undefined
      ? sensitivityKinds.filter((each) => each !== 'sobol' || design.saltelli !== undefined)
      : [kind];
  for (const [place, column] of chosenResults(table, result, commonMetric([view])).entries()) {
    const sample = sampleOf(table, column, { ignored: repetitionNames(design) });
    if (json) printJson(sample, kinds, design);
    else process.stdout.write(`${place > 0 ? '\n' : ''}${textOf(sample, kinds, design)}\n`);
  }
  return exitCodes.good;
}

function printJson(sample: Sample, kinds: readonly SensitivityKind[], design: SweepDesign): void {
  for (const kind of kinds) {
    const { notes, ...analysis } = analyse(kind, sample, design.saltelli);
    const line = { result: sample.result, ...analysis, notes: [...sample.notes, ...notes] };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

function textOf(sample: Sample, kinds: readonly SensitivityKind[], design: SweepDesign): string {
  const analyses = kinds.map((kind) => analyse(kind, sample, design.saltelli));
  return sensitivityText(sample, analyses).join('\n');
}

function chosenResults(table: ResultsTable, name: string | undefined, metric: Metric | undefined): Column[] {
  const results = numericResults(table);
  if (name !== undefined) {
    const column = results.find((result) => result.name === name);
    if (column !== undefined) return [column];
    const suggestion = didYouMeanClause(
      didYouMean(
        name,
        results.map((result) => result.name),
      ),
    );
    const isThere = table.columns.has(columnKey('result', name));
    throw new MultirunError(
      'invalid-argument',
      isThere
        ? `the result ${JSON.stringify(name)} is no number, so that nothing can be computed from it`
        : `there is no result ${JSON.stringify(name)}${suggestion}`,
    );
  }
  const best = results.find((result) => result.name === metric?.name);
  if (best !== undefined) return [best];
  if (results.length > 0) return results;
  throw new MultirunError(
    'invalid-argument',
    'no run has handed back a number yet; see which results there are with: multirun results',
  );
}
