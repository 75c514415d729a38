import type { FileLinkage } from '../fileResource.ts';
import type { ParameterSpace } from '../plan/parameterSpace.ts';

/** What a sweep file says, with every default filled in. Paths are as written: relative ones are relative to the file. */
export interface SweepFile {
  /** Default: the file's name without `.sweep.yaml`; for a plain `sweep.yaml`, its folder's name. */
  readonly name: string;
  /** The argument vector; `${name}` in a word takes a parameter of that name, `${{` is a literal `${`. */
  readonly cmd: readonly string[];
  readonly space: ParameterSpace;
  readonly inputFiles: readonly InputFile[];
  /** Where the sweep directory is created; undefined for a time-stamped directory of its own. */
  readonly outputPath: string | undefined;
  readonly runner: {
    /** How many runs may run at the same time. Default 4. */
    readonly maxParallel: number;
  };
  /** Added to the environment of each run; values take parameters as `cmd` does. */
  readonly env: Readonly<Record<string, string>>;
  /** How long a run may take, in ms; undefined for as long as it likes. */
  readonly timeoutMs: number | undefined;
}

/** An entry of `input_files`. */
export interface InputFile {
  readonly path: string;
  readonly linkage: FileLinkage;
  /** Name or relative path in the run directory, without `.` and `..`; undefined for the file's own name. */
  readonly rename: string | undefined;
}
