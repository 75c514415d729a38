import { sep } from 'node:path';

/** Version of everything below a sweep directory; a reader refuses what is newer than itself. */
export const formatVersion = 2;

/** Names of the files of a sweep directory. */
export const sweepNames = {
  sweepFile: 'sweep.yaml',
  header: 'sweep.json',
  runs: 'runs.jsonl',
  diff: 'changes.diff',
  journal: 'journal.jsonl',
  control: 'control.jsonl',
  carrierLog: 'carrier.log',
  lock: 'lock',
  revisions: 'revisions',
  inputs: 'inputs',
  templates: 'templates',
  runDirectories: 'runs',
  slurm: 'slurm',
} as const;

/**
 * Where a version of the sweep file is kept, with its header, its inputs and its templates: the first one in the sweep
 * directory itself, those that were applied later in `revisions/2`, `revisions/3` …
 */
export function revisionDirectory(sweepDirectory: string, revision: number): string {
  return revision === 1 ? sweepDirectory : [sweepDirectory, sweepNames.revisions, String(revision)].join(sep);
}

/** Names of the files of a run directory. */
export const runNames = {
  params: 'params.json',
  stdout: 'stdout.log',
  stderr: 'stderr.log',
  exit: 'exit',
  results: 'results.json',
  pickle: 'results.pkl',
  started: 'started',
  endedBy: 'ended-by',
  attempts: 'attempts',
} as const;

/** What belongs to one attempt and moves to `attempts/N` when the next one begins. */
export const attemptNames: readonly string[] = [
  runNames.stdout,
  runNames.stderr,
  runNames.exit,
  runNames.results,
  runNames.pickle,
  runNames.started,
  runNames.endedBy,
];

/** Names in a run directory that no input file may take. */
export const reservedRunNames: ReadonlySet<string> = new Set(Object.values(runNames));

/**
 * A run's id as directories and people write it: padded, so that names sort as numbers do ("0007" of 1,000 or more). The size
 * of the sweep when it was created decides, so that a name stays when more runs come.
 */
export function runLabel(id: number, createdTotal: number): string {
  return String(id).padStart(String(Math.max(0, createdTotal - 1)).length, '0');
}

/** The directory of a run. */
export function runDirectory(sweepDirectory: string, id: number, createdTotal: number): string {
  // Put together by hand: `join` would look through the same long path again for each of many thousand runs.
  return [sweepDirectory, sweepNames.runDirectories, runLabel(id, createdTotal)].join(sep);
}
