import type { ParameterSpace } from '../plan/parameterSpace.ts';
import type { KnownName } from './blockNames.ts';
import { rangeOfBlock, readBlock } from './readBlock.ts';
import type { DataFile, ParameterDefinition, ParameterUse, Reading } from './reading.ts';
import type { KnownNames } from './references.ts';
import { locate, type MapNode, type Report } from './source.ts';
import type { TableFile } from './tableFile.ts';

/** What a sweep file says of its runs, understood as far as it can be. */
export interface ReadSpace {
  /** Undefined where there is a problem, or a file that has not been read yet. */
  readonly space: ParameterSpace | undefined;
  /** The names that `${…}` can take; undefined when the file leaves that in doubt. */
  readonly names: KnownNames | undefined;
  readonly dataFiles: readonly DataFile[];
  readonly parameters: readonly ParameterDefinition[];
  readonly uses: readonly ParameterUse[];
}

/**
 * Reads which runs there are, and reports what is wrong with it beyond the shape of each key. `areValuesSure` is false where
 * YAML could not make sense of some value.
 */
export function readSpace(
  text: string,
  root: MapNode,
  files: ReadonlyMap<string, TableFile>,
  report: Report,
  areValuesSure: boolean,
): ReadSpace {
  const reading: Reading = { text, report, files, areValuesSure, wanted: [], definitions: [], uses: [] };
  const { block, names, isWhole } = readBlock(root, [], reading);
  const areNamesSound = checkNames(names, reading.definitions, root, report);
  const terminate = root.entries.get('early_terminate');
  if (terminate !== undefined) {
    report(
      'not-supported',
      terminate.keyRange,
      'runs are not stopped early by "early_terminate" yet; "timeout" ends those that take too long',
      { severity: 'warning' },
    );
  }
  const seed = locate(root, ['seed'])?.node.value;
  const byStart = (a: { range: { start: number } }, b: { range: { start: number } }) =>
    a.range.start - b.range.start;
  return {
    space:
      block === undefined || !areNamesSound
        ? undefined
        : { block, seed: typeof seed === 'number' ? seed : undefined },
    names: isWhole && names.size > 0 ? knownNames(names) : undefined,
    dataFiles: reading.wanted.toSorted(byStart),
    parameters: reading.definitions.toSorted(byStart),
    uses: reading.uses.toSorted(byStart),
  };
}

function knownNames(names: ReadonlyMap<string, KnownName>): KnownNames {
  const everywhere = new Set<string>();
  const somewhere = new Map<string, string>();
  for (const [name, { path, absence }] of names) {
    if (absence === undefined) everywhere.add(name);
    else somewhere.set(name, absence);
    // `${opt}` takes all that is nested in it.
    for (let depth = 1; depth < path.length; depth++) {
      const group = path.slice(0, depth).join('.');
      if (absence === undefined) everywhere.add(group);
      else somewhere.set(group, absence);
    }
  }
  for (const name of everywhere) somewhere.delete(name);
  return { everywhere, somewhere };
}

/**
 * Reports names that look like parts of others: `a.b` beside `a`. Where both are keys of their own, as Hydra's are, that is
 * only worth a word; where one would have to be nested in the other, no run can have both.
 */
function checkNames(
  names: ReadonlyMap<string, KnownName>,
  definitions: readonly ParameterDefinition[],
  root: MapNode,
  report: Report,
): boolean {
  let areSound = true;
  const depths = new Map<string, number>();
  for (const { name, nameRange, path } of definitions) {
    const depth = depths.get(name) ?? path.length;
    depths.set(name, depth);
    if (depth === path.length) continue;
    report(
      'name-conflict',
      nameRange,
      `"${name}" stands here nested and elsewhere in one word; write it in one way`,
    );
    areSound = false;
  }
  for (const [name, { range = rangeOfBlock(root), path }] of names) {
    const outer = outerName(name, names);
    if (outer === undefined) continue;
    if (path.length === 1) {
      const message = `"${name}" looks like a part of "${outer}", but is a parameter of its own; expressions cannot take it`;
      report('name-conflict', range, message, { severity: 'warning' });
    } else {
      const message = `"${name}" would be a part of "${outer}", which is a parameter itself; rename one of them`;
      report('name-conflict', range, message);
      areSound = false;
    }
  }
  return areSound;
}

/** The parameter that a name looks like a part of. */
function outerName(name: string, names: ReadonlyMap<string, KnownName>): string | undefined {
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    if (names.has(name.slice(0, dot))) return name.slice(0, dot);
  }
  return undefined;
}
