import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { MultirunError } from '../errors.ts';
import { flatParams, valueKey } from '../params.ts';
import type { Domain } from '../plan/parameterSpace.ts';
import { replicateName, replicateSeedName } from '../plan/points/replicated.ts';
import type { ParamMap, ParamValue } from '../run.ts';
import { parseSweepFile } from '../sweepFile/parseSweepFile.ts';
import type { ParameterDefinition } from '../sweepFile/reading.ts';
import type { TableFile } from '../sweepFile/tableFile.ts';
import { refineParameter } from './refineParameter.ts';
import { isInside, type Region, regionOf } from './region.ts';

/** What a sweep file is narrowed to. */
export interface Refinement {
  /** Where the text is from. */
  readonly path: string;
  /** The files that it takes values from, by their paths as it writes them. */
  readonly files?: ReadonlyMap<string, TableFile> | undefined;
  /** The parameters of the selected runs; at least one. */
  readonly runs: readonly ParamMap[];
  /** What a person marked, by the names of parameters; the others get the region that the runs span. */
  readonly marked?: ReadonlyMap<string, Region> | undefined;
  /** Goes behind the name and the output path, where the file gives them: `-2`. */
  readonly suffix: string;
  /** The first line: what this file is. */
  readonly heading: string;
}

/**
 * The text of a new sweep file, made from another one, that looks closer at a region: parameters of numbers between the bounds of the
 * region with the distribution, the method and the number of points that they had; lists with what of them lies inside. Everything
 * else stays as it is, comments too.
 *
 * Where the runs do not come from parameters that are combined (`runs`, `sweep`), there are no ranges: the new file has the selected
 * runs themselves.
 *
 * Throws a MultirunError `invalid-sweep-file` where the text has errors, or its files are gone.
 */
export function refineSweepFile(text: string, refinement: Refinement): string {
  const { path, files, runs, marked = new Map() } = refinement;
  const parsed = parseSweepFile(text, { path, files });
  const problem = parsed.diagnostics.find(({ severity }) => severity === 'error');
  if (parsed.file === undefined || problem !== undefined) {
    const why = problem === undefined ? 'a file that it takes values from cannot be read' : problem.message;
    throw new MultirunError(
      'invalid-sweep-file',
      `no new sweep file can be made from the one that the sweep keeps: ${why}`,
    );
  }
  const document = parseDocument(text, { keepSourceTokens: true });
  const { block } = parsed.file.space;
  const definitions = parsed.parameters.filter(({ domain }) => domain !== undefined);
  if (hasRanges(parsed.file.space.block, definitions)) {
    narrow(document, definitions, (name) => marked.get(name) ?? regionOf(runs, name));
  } else writeRuns(document, runs, block.replicates !== undefined);
  rename(document, refinement.suffix);
  return `# ${refinement.heading}\n${document.toString(styleOf(text))}`;
}

interface Blocks {
  readonly sampling: { readonly method: string } | undefined;
  readonly union: readonly unknown[] | undefined;
  readonly cross: readonly Blocks[];
  readonly include: readonly { readonly kind: string }[];
}

/** Whether the runs are combinations of parameters, without others that are added to them. */
function hasRanges(block: Blocks, definitions: readonly ParameterDefinition[]): boolean {
  const isPlain = ({ sampling, union, cross, include }: Blocks): boolean =>
    sampling?.method !== 'list' &&
    union === undefined &&
    include.every(({ kind }) => kind === 'expression') &&
    cross.every(isPlain);
  return definitions.length > 0 && isPlain(block);
}

function narrow(
  document: Document,
  definitions: readonly ParameterDefinition[],
  regionFor: (name: string) => Region | undefined,
): void {
  const pairs = new Map<number, Pair>();
  visit(document, {
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.range) pairs.set(pair.key.range[0], pair);
    },
  });
  for (const [place, members] of Map.groupBy(definitions, ({ block }) => block)) {
    const regions = members.flatMap((definition) => {
      const region = regionFor(definition.name);
      const { domain } = definition;
      return region === undefined || domain === undefined ? [] : [{ definition, domain, region }];
    });
    const places = methodOf(document, place) === 'zip' ? commonPlaces(regions) : undefined;
    for (const { definition, domain, region } of regions) {
      const pair = pairs.get(definition.nameRange.start);
      const node = pair?.value;
      if (pair === undefined || !isNode(node)) continue;
      const own = isAlias(node) ? (document.createNode(node.toJS(document)) as Node) : node;
      const inside = domain.kind === 'values' ? nonEmpty(domain, region, places) : { region, places };
      pair.value = refineParameter(own, { domain, ...inside });
    }
  }
}

/** A mark between two values of a list leaves nothing of it: then the list stays whole. */
function nonEmpty(
  { values }: Extract<Domain, { kind: 'values' }>,
  region: Region,
  places: ReadonlySet<number> | undefined,
): { readonly region: Region; readonly places: ReadonlySet<number> | undefined } {
  if (places !== undefined) return { region, places };
  const all = Array.from({ length: values.length }, (_, place) => place);
  const left = all.filter((place) => isInside(region, values.at(place)));
  return { region, places: new Set(left.length === 0 ? all : left) };
}

/** The places at which every list of a zip lies in its region; all of them where there is none. */
function commonPlaces(
  members: readonly { readonly domain: Domain; readonly region: Region }[],
): ReadonlySet<number> | undefined {
  const lists = members.flatMap(({ domain, region }) =>
    domain.kind === 'values' ? [{ values: domain.values, region }] : [],
  );
  const length = lists[0]?.values.length ?? 0;
  const all = Array.from({ length }, (_, place) => place);
  const common = all.filter((place) =>
    lists.every(({ values, region }) => isInside(region, values.at(place))),
  );
  return new Set(common.length === 0 ? all : common);
}

function methodOf(document: Document, place: string): unknown {
  const path = [...place.matchAll(/\w+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
  return document.getIn([...path, 'method']);
}

/** The keys that say which runs there are. */
const runKeys = [
  'parameters',
  'method',
  'samples',
  'run_cap',
  'criterion',
  'design',
  'sweep',
  'cross',
  'exclude',
  'include',
];

/** Writes the runs themselves, each once; what is derived or repeated is made anew from them. */
function writeRuns(document: Document, runs: readonly ParamMap[], isRepeated: boolean): void {
  const root = document.contents as unknown as YAMLMap;
  const derived = root.get('derived', true);
  const made = new Set([
    ...(isMap(derived) ? derived.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : []),
    ...(isRepeated ? [replicateName, replicateSeedName] : []),
  ]);
  const own = runs.map((params) =>
    Object.fromEntries(Object.entries(params).filter(([name]) => !made.has(name))),
  );
  const distinct = [
    ...new Map(own.map((params) => [valueKey(flatParams(params) as ParamValue), params])).values(),
  ];
  for (const key of runKeys) root.delete(key);
  root.set(
    'runs',
    document.createNode(distinct.map((params) => document.createNode(params, { flow: true }))),
  );
}

function rename(document: Document, suffix: string): void {
  for (const key of ['name', 'output_path']) {
    const value = document.get(key);
    if (typeof value === 'string') document.set(key, `${value.replace(/\/+$/, '')}${suffix}`);
  }
}

/** How the text is laid out, so that what did not change is written as it was. */
function styleOf(text: string) {
  const indent = /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
  return {
    lineWidth: 0,
    indent: Math.min(8, Math.max(1, indent)),
    indentSeq: !/^[^\s#-].*:[ \t]*\n- /m.test(text),
    flowCollectionPadding: /\{ \S/.test(text),
  };
}
