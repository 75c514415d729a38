import type { ParameterSpace } from '../plan/parameterSpace.ts';
import type { CommandSection } from './commandSection.ts';
import type { DiagnosisSection } from './diagnosisSection.ts';
import type { FilesSection } from './filesSection.ts';
import type { PolicySection } from './policySection.ts';
import type { ResultsSection } from './resultsSection.ts';
import type { RunnerSection } from './runnerSection.ts';

/** What a sweep file says, with every default filled in. Paths are as written: relative ones are relative to the file. */
export interface SweepFile
  extends CommandSection,
    FilesSection,
    RunnerSection,
    ResultsSection,
    PolicySection,
    DiagnosisSection {
  /** Default: the file's name without `.sweep.yaml`; for a plain `sweep.yaml`, its folder's name. */
  readonly name: string;
  /** What the sweep is for, in a person's words. */
  readonly description: string | undefined;
  readonly space: ParameterSpace;
}
