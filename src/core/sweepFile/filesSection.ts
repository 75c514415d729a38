import { posix } from 'node:path';
import type { TextRange } from '../diagnostic.ts';
import type { FileLinkage } from '../fileResource.ts';
import { inputPlaces, reservedNameIn, staysInside, tidyRelativePath } from '../inputNames.ts';
import { pathProblem } from './names.ts';
import type { CheckedSweepFile } from './schema.ts';
import { locate, type MapNode, pointAt, type Report, type SourceNode } from './source.ts';
import { splitArrow, templateName } from './templateNames.ts';

/** Which files a run is given, and where the sweep leaves its own. Paths are as written: relative ones are relative to the sweep file. */
export interface FilesSection {
  readonly inputFiles: readonly InputFile[];
  readonly templateFiles: readonly TemplateEntry[];
  /** Where the sweep directory is created; undefined for a time-stamped directory of its own. */
  readonly outputPath: string | undefined;
}

/** An entry of `input_files`. */
export interface InputFile {
  readonly path: string;
  readonly linkage: FileLinkage;
  /** Name or relative path in the run directory, without `.` and `..`; undefined for the file's own name. */
  readonly rename: string | undefined;
}

/** An entry of `template_files`. */
export interface TemplateEntry {
  readonly path: string;
  /** Name or relative path in the run directory, without `.` and `..`. */
  readonly name: string;
  /** Whether a `${…}` that names no parameter stays as it is. */
  readonly keepsUnknown: boolean;
}

/** The files of a valid sweep file. */
export function filesSectionOf(checked: CheckedSweepFile): FilesSection {
  const { input_files: inputs = [], template_files: templates = [], output_path } = checked;
  return {
    templateFiles: templates.map((template) => {
      const { path, rename } = typeof template === 'string' ? splitArrow(template) : template;
      const keepsUnknown = typeof template !== 'string' && template.unknown_names === 'keep';
      return { path, name: templateName(path, rename), keepsUnknown };
    }),
    inputFiles: inputs.map((input) => {
      if (typeof input === 'string') return { path: input, linkage: 'shared', rename: undefined };
      const { path, linkage, rename } = input;
      return { path, linkage, rename: rename === undefined ? undefined : tidyRelativePath(rename) };
    }),
    outputPath: output_path,
  };
}

/** The path of an input and where it stands in the text. */
export interface InputPath {
  readonly path: string;
  readonly range: TextRange;
}

/** The path of each entry of `input_files`, in their order; also where the file has errors. */
export function inputsOf(text: string, root: SourceNode): InputPath[] {
  const list = locate(root, ['input_files'])?.node;
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const path = item.kind === 'map' ? item.entries.get('path') : undefined;
    const node = path?.node ?? item;
    // The schema tells what is wrong with any other.
    if (typeof node.value !== 'string' || pathProblem(node.value) !== undefined) return [];
    return [{ path: node.value, range: pointAt(text, { key: path?.keyRange, node }) }];
  });
}

/** A template, where it is written in the text, and what it is called in the run directory. */
export interface TemplatePath extends TemplateEntry {
  readonly range: TextRange;
}

/** Each entry of `template_files` that can be understood, in their order; also where the file has errors. */
export function templatesOf(text: string, root: SourceNode): TemplatePath[] {
  const list = locate(root, ['template_files'])?.node;
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const entry = item.kind === 'map' ? item.entries.get('path') : undefined;
    const node = entry?.node ?? item;
    const written = node.value;
    const own = item.kind === 'map' ? item.entries.get('rename')?.node.value : undefined;
    // The schema tells what is wrong with any other.
    if (typeof written !== 'string' || !(own === undefined || typeof own === 'string')) return [];
    const { path, rename } = item.kind === 'map' ? { path: written, rename: own } : splitArrow(written);
    if (pathProblem(path) !== undefined || rename === '') return [];
    const keepsUnknown = item.kind === 'map' && item.entries.get('unknown_names')?.node.value === 'keep';
    const range = pointAt(text, { key: entry?.keyRange, node });
    return [{ path, name: templateName(path, rename), keepsUnknown, range }];
  });
}

interface NamedInput {
  /** Tidy name in the run directory. */
  readonly name: string;
  readonly range: TextRange;
  readonly isRenamed: boolean;
}

/**
 * Reports inputs that cannot stand in a run directory: outside of it, in the place of its own files, or two in one
 * place. Only looks at names; whether the files exist is found by whoever reads the disk.
 */
export function checkFiles(text: string, root: MapNode, report: Report): void {
  const list = root.entries.get('input_files')?.node;
  const inputs = list?.kind === 'list' ? list.items.map((node) => namedInput(text, node)) : [];
  const templates = templatesOf(text, root)
    .filter(({ name }) => !name.includes('\\') && staysInside(name))
    .map(({ name, range }) => ({ name, range, isRenamed: true }));
  const places = inputPlaces<NamedInput>();
  for (const input of [...inputs, ...templates]) {
    if (input === undefined || !isAllowed(input, report)) continue;
    const clash = places.take(input.name, input);
    if (clash === undefined) continue;
    report(
      'duplicate-input',
      input.range,
      clash.name === input.name
        ? `two inputs are called "${input.name}" in the run directory; give one of them another name with "rename"`
        : `"${input.name}" and "${clash.name}" cannot both be in the run directory, since one lies within the other; use "rename"`,
    );
  }
}

function namedInput(text: string, node: SourceNode): NamedInput | undefined {
  const path = node.kind === 'map' ? node.entries.get('path')?.node : node;
  const rename = node.kind === 'map' ? node.entries.get('rename') : undefined;
  if (rename !== undefined) {
    const name = rename.node.value;
    // The schema has told what is wrong with these.
    if (typeof name !== 'string' || name === '' || name.includes('\\')) return undefined;
    const tidy = tidyRelativePath(name);
    if (!staysInside(tidy)) return undefined;
    return { name: tidy, range: pointAt(text, { key: rename.keyRange, node: rename.node }), isRenamed: true };
  }
  if (typeof path?.value !== 'string' || path.value === '') return undefined;
  const range = pointAt(text, { key: undefined, node: path });
  return { name: posix.basename(path.value), range, isRenamed: false };
}

function isAllowed({ name, range, isRenamed }: NamedInput, report: Report): boolean {
  if (!staysInside(name)) {
    report(
      'input-outside',
      range,
      'this path ends in no name that an input could have; give it one with "rename"',
    );
    return false;
  }
  const reserved = reservedNameIn(name);
  if (reserved !== undefined) {
    const repair = isRenamed ? 'write another name' : 'give the input another name with "rename"';
    report('reserved-name', range, `"${reserved}" is a name that each run directory uses itself; ${repair}`);
    return false;
  }
  return true;
}
