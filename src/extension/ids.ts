/**
 * Every name that the extension shares with package.json. A test holds the two together, so that a command, a setting or
 * a context key cannot exist on one side only.
 */

/** Commands by what they do. */
export const commands = {
  runSweep: 'multirun.runSweep',
  runSweepOn: 'multirun.runSweepOn',
  previewPlan: 'multirun.previewPlan',
  newSweepFile: 'multirun.newSweepFile',
  sweepThis: 'multirun.sweepThis',
  createExample: 'multirun.createExample',
  openWalkthrough: 'multirun.openWalkthrough',
  showOutput: 'multirun.showOutput',
  showSweep: 'multirun.showSweep',
  showFailures: 'multirun.showFailures',
  refresh: 'multirun.refresh',
  filterAll: 'multirun.filterAll',
  filterFailed: 'multirun.filterFailed',
  filterRunning: 'multirun.filterRunning',
  // Entries of the filter's menu. VS Code has no checked entries for extensions: each has a twin with a mark.
  menuFilterAll: 'multirun.menuFilterAll',
  menuFilterAllChecked: 'multirun.menuFilterAllChecked',
  menuFilterFailed: 'multirun.menuFilterFailed',
  menuFilterFailedChecked: 'multirun.menuFilterFailedChecked',
  menuFilterRunning: 'multirun.menuFilterRunning',
  menuFilterRunningChecked: 'multirun.menuFilterRunningChecked',
  openResults: 'multirun.openResults',
  exportResults: 'multirun.exportResults',
  imageGrid: 'multirun.imageGrid',
  compareRuns: 'multirun.compareRuns',
  compareSweeps: 'multirun.compareSweeps',
  openSweepFile: 'multirun.openSweepFile',
  runSweepAgain: 'multirun.runSweepAgain',
  rerunFailed: 'multirun.rerunFailed',
  rerunAll: 'multirun.rerunAll',
  whatWouldRun: 'multirun.whatWouldRun',
  applySweepFile: 'multirun.applySweepFile',
  runRemaining: 'multirun.runRemaining',
  pauseSweep: 'multirun.pauseSweep',
  resumeSweep: 'multirun.resumeSweep',
  changeMaxParallel: 'multirun.changeMaxParallel',
  cancelSweep: 'multirun.cancelSweep',
  deleteSweep: 'multirun.deleteSweep',
  openRun: 'multirun.openRun',
  keepRunPage: 'multirun.keepRunPage',
  openLog: 'multirun.openLog',
  openStdout: 'multirun.openStdout',
  openStderr: 'multirun.openStderr',
  openRunResults: 'multirun.openRunResults',
  openParams: 'multirun.openParams',
  revealInExplorer: 'multirun.revealInExplorer',
  openInTerminal: 'multirun.openInTerminal',
  copyCommandLine: 'multirun.copyCommandLine',
  copyParameters: 'multirun.copyParameters',
  cancelRun: 'multirun.cancelRun',
  runAgain: 'multirun.runAgain',
  newSweepFromRuns: 'multirun.newSweepFromRuns',
  exportRun: 'multirun.exportRun',
  debugRun: 'multirun.debugRun',
  runInTerminal: 'multirun.runInTerminal',
} as const;

/** The activity bar's container of our views. */
export const viewContainer = 'multirun';

/** Views. */
export const views = { sweeps: 'multirun.sweeps' } as const;

/** Menus that open from a button. */
export const submenus = { filter: 'multirun.filter', filterActive: 'multirun.filterActive' } as const;

/** Keys that `when` clauses of package.json ask for. */
export const contextKeys = {
  /** Which runs the tree shows: see `RunFilter`. */
  filter: 'multirun.filter',
  /** Whether this window runs a sweep. */
  running: 'multirun.running',
  /** Whether the page of a run in front is kept. */
  runPageKept: 'multirun.runPageKept',
} as const;

/** Settings. */
export const settings = {
  notifications: 'multirun.notifications',
  openViewOnRun: 'multirun.openViewOnRun',
  codeLens: 'multirun.codeLens',
  problems: 'multirun.problems',
  onWindowClose: 'multirun.onWindowClose',
  recordEnvironment: 'multirun.recordEnvironment',
  runner: 'multirun.runner',
  runnerOptions: 'multirun.runnerOptions',
  slurmCommands: 'multirun.slurmCommands',
  runnerModules: 'multirun.runnerModules',
  maxConcurrentSweeps: 'multirun.maxConcurrentSweeps',
  maxParallelLimit: 'multirun.maxParallelLimit',
  escapeFormulas: 'multirun.escapeFormulas',
  gracePeriod: 'multirun.gracePeriod',
  breaker: 'multirun.breaker',
  minFreeDisk: 'multirun.minFreeDisk',
  minFreeMemory: 'multirun.minFreeMemory',
  maxLoad: 'multirun.maxLoad',
  nice: 'multirun.nice',
} as const;

/** Words that a tree item's context value is made of, joined by spaces. */
export const itemWords = {
  sweep: 'sweep',
  range: 'range',
  run: 'run',
  why: 'why',
  cluster: 'cluster',
  rule: 'rule',
  broken: 'broken',
  /** Somebody runs the sweep. */
  live: 'live',
  /** Nobody runs the sweep. */
  idle: 'idle',
  /** Somebody runs the sweep, and it starts runs. */
  going: 'going',
  /** Somebody runs the sweep, and it starts nothing for now. */
  paused: 'paused',
  /** This window runs the sweep, itself or by a process of its own. */
  ours: 'ours',
  /** The sweep was made from a sweep file. */
  hasFile: 'hasFile',
  hasFailed: 'hasFailed',
  hasPending: 'hasPending',
  pending: 'pending',
  running: 'running',
  success: 'success',
  failure: 'failure',
  skipped: 'skipped',
} as const;

/** Kinds of webviews that come back after a reload. */
export const webviews = {
  run: 'multirun.run',
  preview: 'multirun.preview',
  results: 'multirun.results',
  imageGrid: 'multirun.imageGrid',
} as const;

/** Kinds of webviews that are gone after a reload. */
export const passingWebviews = { compare: 'multirun.compare' } as const;

/** Schemes of read-only documents. */
export const schemes = { normalised: 'multirun-normalised', listing: 'multirun-listing' } as const;

/** The walkthrough and its steps. */
export const walkthrough = {
  id: 'multirun.start',
  steps: { write: 'multirun.start.write', run: 'multirun.start.run', look: 'multirun.start.look' },
} as const;
