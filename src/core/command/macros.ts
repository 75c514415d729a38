import type { ParamMap, ParamValue } from '../run.ts';
import { templateNames } from '../template.ts';
import { pythonJson, pythonStr } from './pythonText.ts';

/*
 * The macros of W&B's sweep configuration: names that stand for all parameters at once.
 * https://docs.wandb.ai/models/sweeps/sweep-config-keys#command
 */

/** The macros that become an argument for each parameter; each must be a word of its own. */
const listMacros: Readonly<Record<string, (params: ParamMap) => string[]>> = {
  args: (params) => each(params, (name, value) => [`--${name}=${pythonStr(value)}`]),
  args_no_hyphens: (params) => each(params, (name, value) => [`${name}=${pythonStr(value)}`]),
  args_no_equals: (params) => each(params, (name, value) => [`--${name}`, pythonStr(value)]),
  args_no_boolean_flags: (params) =>
    each(params, (name, value) => {
      if (typeof value !== 'boolean') return [`--${name}=${pythonStr(value)}`];
      return value ? [`--${name}`] : [];
    }),
};

function each(params: ParamMap, write: (name: string, value: ParamValue) => readonly string[]): string[] {
  return Object.entries(params).flatMap(([name, value]) => write(name, value));
}

/** The macros that are a text, which may stand within a word. */
export function textMacros(params: ParamMap, paramsFile: string): Readonly<Record<string, () => string>> {
  return { args_json: () => pythonJson(params), args_json_file: () => paramsFile };
}

/** Names of the macros that take parameters, for whoever checks or completes what is written. */
export const listMacroNames: readonly string[] = Object.keys(listMacros);
export const textMacroNames: readonly string[] = Object.keys(textMacros({}, ''));
/** Those that say what is run; they have a meaning in `command` alone. */
export const commandMacroNames: readonly string[] = ['env', 'interpreter', 'program'];

/** The arguments that a word stands for which is nothing but a list macro, and no parameter's name; undefined for any other. */
export function expandListMacro(word: string, params: ParamMap): string[] | undefined {
  const name = listMacroIn(word);
  if (name === undefined || Object.hasOwn(params, name)) return undefined;
  return listMacros[name]?.(params);
}

/** The list macro that a whole word is. */
export function listMacroIn(word: string): string | undefined {
  const [, name = ''] = /^\$\{(\w+)\}$/.exec(word) ?? [];
  return Object.hasOwn(listMacros, name) ? name : undefined;
}

/** The names that a word of a command takes from parameters: those of macros are left out. */
export function namesInWord(word: string): string[] {
  if (listMacroIn(word) !== undefined) return [];
  return templateNames(word).filter((name) => !textMacroNames.includes(name));
}
