import type { FileLinkage } from '../fileResource.ts';
import type { ParamMap, ParamValue } from '../run.ts';

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

/** How the sweep file says which runs there are. */
export type ParameterSpace =
  /** Every combination; the last parameter varies fastest. */
  | { readonly method: 'grid'; readonly parameters: ReadonlyMap<string, readonly ParamValue[]> }
  /** The first values of all parameters together, then the second ones …; all lists are of one length. */
  | { readonly method: 'zip'; readonly parameters: ReadonlyMap<string, readonly ParamValue[]> }
  /** The runs themselves. */
  | { readonly method: 'list'; readonly runs: readonly ParamMap[] };

/** An entry of `input_files`. */
export interface InputFile {
  readonly path: string;
  readonly linkage: FileLinkage;
  /** Name or relative path in the run directory; undefined for the file's own name. */
  readonly rename: string | undefined;
}
