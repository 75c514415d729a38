import type { ParamValue } from './run.ts';

/** What only runners of one type understand: keys of `runner` in a sweep file, or of a setting, as they are written. */
export type RunnerOptions = Readonly<Record<string, ParamValue>>;
