import { defaultMaxParallel } from '../defaults.ts';
import type { RunnerOptions } from '../runnerOptions.ts';
import { didYouMean, didYouMeanClause } from './didYouMean.ts';
import { commonRunnerShape } from './runnerSchema.ts';
import type { CheckedSweepFile } from './schema.ts';
import { reportUnknownKey } from './schemaProblems.ts';
import { slurmShape } from './slurmSchema.ts';
import { locate, type MapNode, type Report } from './source.ts';

/** Where and how many runs are executed. */
export interface RunnerSection {
  readonly runner: WrittenRunner;
}

/** What executes the runs, as a sweep file says it. */
export interface WrittenRunner {
  /** Default `local`. */
  readonly type: string;
  /** How many runs may run at the same time. Default: see {@link maxParallelOf}. */
  readonly maxParallel: number | undefined;
  /** The other keys, as they are written; only runners of this type understand them. */
  readonly options: RunnerOptions;
}

/** How many of a plan's runs may run at the same time: a cluster itself knows how many it lets. */
export function maxParallelOf({ type, maxParallel }: Omit<WrittenRunner, 'options'>, size: number): number {
  return maxParallel ?? (type === 'local' ? defaultMaxParallel : Math.max(1, size));
}

const commonKeys = Object.keys(commonRunnerShape);
const slurmKeys = Object.keys(slurmShape);
const ownTypes = ['local', 'slurm'];
/** They look at the machine that carries a sweep, or start its runs there; a cluster starts runs by itself. */
const localOnly = ['min_free_memory', 'max_load', 'delay'];

/** Reports keys that the runner of this type does not have, and types that are misspelled. */
export function checkRunner(root: MapNode, report: Report): void {
  const runner = locate(root, ['runner'])?.node;
  const type = locate(root, ['runner', 'type']);
  const written = type?.node.value ?? 'local';
  if (runner?.kind !== 'map') return;
  if (type !== undefined && typeof written === 'string' && !ownTypes.includes(written)) {
    const meant = didYouMean(written, ownTypes);
    const message = `runner.type: there is no runner "${written}"${didYouMeanClause(meant)}`;
    if (meant !== undefined) report('invalid-value', type.node.range, message, { suggestion: meant });
    return;
  }
  for (const [key, { keyRange }] of runner.entries) {
    if (commonKeys.includes(key) || (written === 'slurm' && slurmKeys.includes(key))) continue;
    if (slurmKeys.includes(key)) {
      report('conflicting-keys', keyRange, `runner.${key} is for Slurm; add "type: slurm", or remove it`);
    } else {
      reportUnknownKey(runner, key, written === 'slurm' ? [...commonKeys, ...slurmKeys] : commonKeys, report);
    }
  }
  if (written === 'slurm') warnOfLocalKeys(root, report);
}

function warnOfLocalKeys(root: MapNode, report: Report): void {
  for (const key of localOnly) {
    const found = root.entries.get(key);
    if (found === undefined) continue;
    const message = `"${key}" has no effect on Slurm, which itself decides when and where a run starts`;
    report('rule-without-effect', found.keyRange, message, { severity: 'warning' });
  }
}

/** Where and how many runs of a valid file are executed. */
export function runnerSectionOf({ runner = {} }: CheckedSweepFile): RunnerSection {
  const { type = 'local', max_parallel: maxParallel, ...options } = runner;
  return { runner: { type, maxParallel, options: options as RunnerOptions } };
}
