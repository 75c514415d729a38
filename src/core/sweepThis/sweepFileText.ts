import { writeYaml } from '../sweepFile/writeYaml.ts';
import { escapeTemplate } from '../template.ts';
import type { LaunchArgument } from './launchArgument.ts';
import type { FoundNumber } from './numberAt.ts';
import { parameterNameFrom, valuesAround } from './values.ts';

/** A sweep around a number of a file: the file as a template, and the sweep file that fills it in. */
export interface SweepOfFile {
  readonly template: string;
  readonly sweepFile: string;
  readonly parameter: string;
}

/** What stands for the program that reads the file: only its author knows it. */
export const programPlaceholder = 'your-program';

/** A sweep around a number. `name` is the file's own name, `templateName` what its template is called. */
export function sweepOfFile(
  text: string,
  { value, range, path }: FoundNumber,
  { name, templateName }: { readonly name: string; readonly templateName: string },
): SweepOfFile {
  const parameter = parameterNameFrom(path);
  const before = escapeTemplate(text.slice(0, range.start));
  const behind = escapeTemplate(text.slice(range.end));
  const sweepFile = [
    `# Runs a program with other values of "${parameter}" in ${JSON.stringify(name)}.`,
    `# Write the program that reads ${JSON.stringify(name)} in the place of ${programPlaceholder}.`,
    writeYaml({
      cmd: [programPlaceholder, escapeTemplate(name)],
      template_files: [{ path: templateName, rename: name }],
      parameters: { [parameter]: valuesAround(value) },
    }),
  ];
  return { template: `${before}\${${parameter}}${behind}`, sweepFile: sweepFile.join('\n'), parameter };
}

/** A sweep file around an argument of a launch configuration. */
export function sweepOfLaunch({ configuration, parameter, value, cmd, env }: LaunchArgument): string {
  return [
    `# The launch configuration ${JSON.stringify(configuration)} with other values of "${parameter}".`,
    writeYaml({
      cmd,
      ...(Object.keys(env).length === 0 ? {} : { env }),
      parameters: { [parameter]: valuesAround(value) },
    }),
  ].join('\n');
}
