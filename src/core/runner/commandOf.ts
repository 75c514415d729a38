import { sep } from 'node:path';
import type { ParamMap } from '../run.ts';
import type { SweepHeader } from '../sweepDirectory/header.ts';
import { runNames } from '../sweepDirectory/layout.ts';
import { expandTemplate } from '../template.ts';
import type { Command } from './launcher.ts';

/** The entry of a run's environment that no other run's has: by it, its processes are known. */
export function markerOf(directory: string): string {
  return `MULTIRUN_PARAMS=${directory}${sep}${runNames.params}`;
}

/** The command of a run, its templates expanded. Throws where a template names a parameter that the run lacks. */
export function commandOf(
  header: Pick<SweepHeader, 'cmd' | 'env'>,
  run: number,
  directory: string,
  params: ParamMap,
): Command {
  return {
    run,
    directory,
    argv: argvOf(header, params),
    env: {
      ...mapValues(header.env, (value) => expandTemplate(value, params)),
      MULTIRUN_RUN: String(run),
      MULTIRUN_PARAMS: `${directory}${sep}${runNames.params}`,
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

/** The argument vector of a run, its templates expanded. Throws where a template names a parameter that the run lacks. */
export function argvOf({ cmd }: Pick<SweepHeader, 'cmd'>, params: ParamMap): string[] {
  return cmd.map((word) => expandTemplate(word, params));
}
