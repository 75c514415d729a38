import { posix } from 'node:path';
import type { TextRange } from '../diagnostic.ts';
import type { FileLinkage } from '../fileResource.ts';
import { inputPlaces, reservedNameIn, staysInside, tidyRelativePath } from '../inputNames.ts';
import { pathProblem } from './names.ts';
import type { CheckedSweepFile } from './schema.ts';
import { locate, type MapNode, pointAt, type Report, type SourceNode } from './source.ts';

/** Which files a run is given, and where the sweep leaves its own. Paths are as written: relative ones are relative to the sweep file. */
export interface FilesSection {
  readonly inputFiles: readonly InputFile[];
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

/** The files of a valid sweep file. */
export function filesSectionOf({ input_files: inputs = [], output_path }: CheckedSweepFile): FilesSection {
  return {
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
  if (list?.kind !== 'list') return;
  const places = inputPlaces<NamedInput>();
  for (const node of list.items) {
    const input = namedInput(text, node);
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
