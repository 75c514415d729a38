import type { ParameterSpace } from '../plan/parameterSpace.ts';
import type { CommandSection } from './commandSection.ts';
import type { DiagnosisSection } from './diagnosisSection.ts';
import type { FilesSection } from './filesSection.ts';
import type { RunnerSection } from './runnerSection.ts';

/** What a sweep file says, with every default filled in. Paths are as written: relative ones are relative to the file. */
export interface SweepFile extends CommandSection, FilesSection, RunnerSection, DiagnosisSection {
  /** Default: the file's name without `.sweep.yaml`; for a plain `sweep.yaml`, its folder's name. */
  readonly name: string;
  readonly space: ParameterSpace;
}
