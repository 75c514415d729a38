import { bestRun, incompleteRuns } from '../core/bestRun.ts';
import type { ParamMap } from '../core/run.ts';
import type { SweepHeader } from '../core/sweepDirectory/header.ts';
import { runLabel } from '../core/sweepDirectory/layout.ts';
import type { SweepState } from '../core/sweepState.ts';
import { cut, harmless, paramsText } from './text.ts';

const mostProblemsShown = 10;

/** A sweep, as far as its results are told. */
export interface SweepToTell {
  readonly header: Pick<SweepHeader, 'metric' | 'varying'>;
  readonly state: SweepState;
  params(run: number): ParamMap;
}

/** `Best: run 07, loss = 0.12 (lr=0.1)`; nothing where no metric was named or no run has it. */
export function bestLines({ header, state, params }: SweepToTell): string[] {
  const best = header.metric && bestRun(state, header.metric);
  if (header.metric === null || !best) return [];
  const values = paramsText(params(best.run), header.varying);
  const name = cut(harmless(header.metric.name), 60);
  return [
    `Best: run ${runLabel(best.run, state.createdTotal)}, ${name} = ${best.value}${values === '' ? '' : ` (${values})`}`,
  ];
}

/** A line for each run that succeeded without all its results, as far as anybody reads them. */
export function incompleteLines({ state }: Pick<SweepToTell, 'state'>): string[] {
  const lines: string[] = [];
  let more = 0;
  for (const { run, problems } of incompleteRuns(state)) {
    if (lines.length === mostProblemsShown) more += 1;
    else
      lines.push(
        `Run ${runLabel(run, state.createdTotal)} lacks results: ${cut(harmless(problems.join('; ')), 300)}`,
      );
  }
  if (more > 0) lines.push(`… and ${more} more lack results`);
  return lines;
}
