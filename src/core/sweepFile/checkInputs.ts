import { posix } from 'node:path';
import type { TextRange } from '../diagnostic.ts';
import { inputPlaces, reservedNameIn, staysInside, tidyRelativePath } from '../inputNames.ts';
import { type MapNode, pointAt, type Report, type SourceNode } from './source.ts';

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
export function checkInputs(text: string, root: MapNode, report: Report): void {
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
