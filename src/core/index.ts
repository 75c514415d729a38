export type { Diagnostic, DiagnosticCode, TextRange } from './diagnostic.ts';
export { displayStatus } from './displayStatus.ts';
export { type ErrorCode, MultirunError } from './errors.ts';
export type { SweepEvent } from './event.ts';
export { describeFailure, type Failure, type Usage } from './failure.ts';
export { type FileLinkage, FileResource, type FileResourceOptions } from './fileResource.ts';
export { formatDiagnostic } from './formatDiagnostic.ts';
export {
  type LaunchOptions,
  type LoadedSweepFile,
  launchSweepFile,
  loadSweepFile,
  reopenSweep,
} from './launch.ts';
export { type InputFiles, type MultirunOptions, multirun, multirunAsync } from './multirun.ts';
export type { PauseReason } from './pauseReason.ts';
export { type ParamMap, type ParamValue, type Run, type RunStatus, runStatuses } from './run.ts';
export { AbstractRunner } from './runner/abstractRunner.ts';
export { ParallelLocalRunner, type ParallelLocalRunnerOptions } from './runner/parallelLocalRunner.ts';
export { getRunParams, postRunResults } from './runSide.ts';
export { type RunState, type RunTable, runAt } from './runTable.ts';
export { estimateRemaining, type RunStatistics, statisticsOf } from './statistics.ts';
export type { SweepHeader } from './sweepDirectory/header.ts';
export { openSweep } from './sweepDirectory/readSweep.ts';
export type { SweepView } from './sweepDirectory/sweepView.ts';
export type { SweepControls, SweepHandle } from './sweepHandle.ts';
export { applyEvent, plannedSweep, type SweepPhase, type SweepState } from './sweepState.ts';
