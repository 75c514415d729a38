import type { ParamMap } from '../run.ts';
import { expandTemplate } from '../template.ts';
import { expandListMacro, textMacros } from './macros.ts';

/** What a run's command and its environment take their values from. */
export interface CommandValues {
  readonly params: ParamMap;
  /** Absolute path of the file that holds the parameters as JSON: what `${args_json_file}` is. */
  readonly paramsFile: string;
  /** Where `${envvar:NAME}` is looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The argument vector of a run. Throws a RangeError for a name that there is not, and for a value that a format is not
 * for.
 */
export function expandCommand(cmd: readonly string[], values: CommandValues): string[] {
  const { params, paramsFile, environment } = values;
  const others = { names: textMacros(params, paramsFile), environment };
  return cmd.flatMap((word) => expandListMacro(word, params) ?? [expandTemplate(word, params, others)]);
}
