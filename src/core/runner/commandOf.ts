import { sep } from 'node:path';
import { expandCommand } from '../command/expandCommand.ts';
import type { ParamMap } from '../run.ts';
import type { SweepHeader } from '../sweepDirectory/header.ts';
import { runNames } from '../sweepDirectory/layout.ts';
import { expandTemplate } from '../template.ts';
import type { Command } from './launcher.ts';

/** The entry of a run's environment that no other run's has: by it, its processes are known. */
export function markerOf(directory: string): string {
  return `MULTIRUN_PARAMS=${directory}${sep}${runNames.params}`;
}

/** What {@link commandOf} needs to know of a run. */
export interface RunToCommand {
  readonly run: number;
  /** Absolute path of the run directory. */
  readonly directory: string;
  readonly params: ParamMap;
  /** The environment that the run inherits: where `${envvar:NAME}` is looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The command of a run, its templates expanded. Throws a RangeError where a template takes what there is not, or a value
 * has no such form.
 */
export function commandOf(
  { cmd, env }: Pick<SweepHeader, 'cmd' | 'env'>,
  { run, directory, params, environment }: RunToCommand,
): Command {
  const paramsFile = `${directory}${sep}${runNames.params}`;
  return {
    run,
    directory,
    argv: expandCommand(cmd, { params, paramsFile, environment }),
    env: {
      ...mapValues(env, (value) => expandTemplate(value, params, { environment })),
      MULTIRUN_RUN: String(run),
      MULTIRUN_PARAMS: paramsFile,
      MULTIRUN_RESULTS: `${directory}${sep}${runNames.results}`,
    },
  };
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
