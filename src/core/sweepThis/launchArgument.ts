import { resolve } from 'node:path';
import { findNodeAtOffset, getNodePath, getNodeValue, type Node as JsonNode, parseTree } from 'jsonc-parser';
import { escapeTemplate } from '../template.ts';
import { parameterNameFrom } from './values.ts';

/** A launch configuration as a command, with a parameter in the place of a number of its arguments. */
export interface LaunchArgument {
  /** The configuration's name. */
  readonly configuration: string;
  readonly parameter: string;
  readonly value: number;
  /** The command; `${parameter}` stands where the number stood. */
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Why an argument cannot be swept. */
export type LaunchProblem = 'no-number' | 'no-program';

/**
 * The launch configuration whose `args` an offset lies in; undefined where it lies in none. `folder` is the absolute path
 * that `${workspaceFolder}` stands for; the program is found from there, since a run has a directory of its own.
 */
export function launchArgumentAt(
  text: string,
  offset: number,
  folder: string,
): LaunchArgument | LaunchProblem | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset, true);
  if (root === undefined || node === undefined) return undefined;
  const [list, index, key, position] = getNodePath(node);
  if (list !== 'configurations' || typeof index !== 'number' || key !== 'args') return undefined;
  const configuration = configurationAt(root, index);
  const args = configuration?.args;
  if (configuration === undefined || !Array.isArray(args) || typeof position !== 'number') return 'no-number';
  const words = args.map(String);
  const found = /^(.*?)([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)$/.exec(words[position] ?? '');
  const before = found?.[1] ?? '';
  // "--lr=0.1" has its name before it, "0.1" in the word before; "model2" is a name and no number.
  if (found === null || !(before === '' || before.endsWith('='))) return 'no-number';
  const parameter = parameterNameFrom(before === '' ? [words[position - 1] ?? ''] : [before]);
  const inFolder = (word: string) => word.replaceAll('${workspaceFolder}', () => folder);
  const expand = (word: string) => escapeTemplate(inFolder(word));
  const program = programOf(configuration, (file) => resolve(folder, inFolder(file)));
  if (program === undefined) return 'no-program';
  return {
    configuration: String(configuration.name ?? 'launch'),
    parameter,
    value: Number(found[2]),
    cmd: [
      ...program.map(expand),
      ...words.map((word, at) => (at === position ? `${expand(before)}\${${parameter}}` : expand(word))),
    ],
    env: Object.fromEntries(
      Object.entries(configuration.env ?? {}).map(([name, value]) => [name, expand(String(value))]),
    ),
  };
}

interface Configuration {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly program?: unknown;
  readonly module?: unknown;
  readonly python?: unknown;
  readonly runtimeExecutable?: unknown;
  readonly args?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
}

function configurationAt(root: JsonNode, index: number): Configuration | undefined {
  const { configurations } = getNodeValue(root) as { configurations?: Configuration[] };
  return configurations?.[index];
}

/** The words before the arguments, as the debugger of that type would start them. */
function programOf(
  { type, program, module, python, runtimeExecutable }: Configuration,
  located: (file: string) => string,
): string[] | undefined {
  // Only the debugger knows what other variables stand for.
  // Only the debugger knows what other variables stand for.
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && value !== '' && !value.replace('${workspaceFolder}', '').includes('${');
  if (type === 'python' || type === 'debugpy') {
    const interpreter = isText(python) ? python : 'python3';
    if (isText(module)) return [interpreter, '-m', module];
    return isText(program) ? [interpreter, located(program)] : undefined;
  }
  if (!isText(program)) return undefined;
  if (type === 'node' || type === 'pwa-node')
    return [isText(runtimeExecutable) ? runtimeExecutable : 'node', located(program)];
  return [located(program)];
}
