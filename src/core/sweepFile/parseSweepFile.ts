import type { Diagnostic, TextRange } from '../diagnostic.ts';
import type { ParameterSpace } from '../plan/parameterSpace.ts';
import { checkCommand, commandSectionOf } from './commandSection.ts';
import { diagnosisSectionOf } from './diagnosisSection.ts';
import {
  checkFiles,
  filesSectionOf,
  type InputPath,
  inputsOf,
  type TemplatePath,
  templatesOf,
} from './filesSection.ts';
import { defaultSweepName } from './names.ts';
import { policySectionOf } from './policySection.ts';
import type { DataFile, ParameterDefinition, ParameterUse } from './reading.ts';
import { readYaml } from './readYaml.ts';
import {
  checkReferences,
  findReferences,
  type KnownNames,
  type ParameterReference,
  parameterReferences,
} from './references.ts';
import { checkResults, resultsSectionOf } from './resultsSection.ts';
import { checkRunner, runnerSectionOf } from './runnerSection.ts';
import { type CheckedSweepFile, sweepFileSchema } from './schema.ts';
import { reportIssues, reportUnknownKey } from './schemaProblems.ts';
import {
  collectDiagnostics,
  describeNode,
  locate,
  type MapNode,
  pointAt,
  type Report,
  type SourceNode,
  type SourcePath,
} from './source.ts';
import { type ReadSpace, readSpace } from './spaceSection.ts';
import type { SweepFile } from './sweepFile.ts';
import type { TableFile } from './tableFile.ts';

/** A sweep file's text, understood as far as it can be. */
export interface ParsedSweepFile {
  /** What it says; undefined where there is an error, and where it asks for a file that was not given. */
  readonly file: SweepFile | undefined;
  /** All problems (the first 1,000 found), in the order of the text. Every range lies inside the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Each `${name}` in `cmd`, `command` and `env` that takes a parameter, in the order of the text; also where the file has errors. */
  readonly references: readonly ParameterReference[];
  /** The path of each entry of `input_files` and where it stands, in their order; also where the file has errors. */
  readonly inputs: readonly InputPath[];
  /** The files that values or runs come from, in the order of the text. */
  readonly dataFiles: readonly DataFile[];
  /** The parameters of all blocks and what is derived from them, in the order of the text; also where the file has errors. */
  readonly parameters: readonly ParameterDefinition[];
  /** Where expressions (`when`, `derived`, `exclude`, `include`) take parameters; also where the file has errors. */
  readonly uses: readonly ParameterUse[];
  /** Each entry of `template_files` that can be understood, in their order; also where the file has errors. */
  readonly templates: readonly TemplatePath[];
  /** The names that `${…}` can take; undefined when the file leaves that in doubt. */
  readonly names: KnownNames | undefined;
  /**
   * Where something stands: `rangesOf(['input_files', 0])`, `rangesOf(['parameters', 'mass'])`. Undefined for what the
   * file lacks, and for everything when its YAML is broken.
   */
  rangesOf(path: SourcePath): SourceRanges | undefined;
}

/** Where a value and its key stand. */
export interface SourceRanges {
  /** Undefined for items of lists. */
  readonly key: TextRange | undefined;
  readonly value: TextRange;
}

/** What a sweep file is understood with. */
export interface ParseOptions {
  /** Where the text is from; only the default name of the sweep depends on it. */
  readonly path: string;
  /** The files that values or runs come from, by their paths as the sweep file writes them. Default: none are known. */
  readonly files?: ReadonlyMap<string, TableFile> | undefined;
}

/**
 * Understands a sweep file: pure, never throws, and takes time in proportion to the length of the text and of the files.
 *
 * Where the YAML itself is broken, only that is reported, since everything else could be a consequence.
 */
export function parseSweepFile(text: string, { path, files }: ParseOptions): ParsedSweepFile {
  const findings = collectDiagnostics();
  const { found, report } = findings;
  const { root, diagnostics } = readYaml(text);
  for (const diagnostic of diagnostics) found.push(diagnostic);
  const references = root === undefined ? undefined : findReferences(root);
  let checked: CheckedSweepFile | undefined;
  let space: ReadSpace | undefined;
  if (root?.kind === 'map') {
    checked = checkSections(text, root, report);
    checkCommand(text, root, sectionNames, report);
    space = readSpace(text, root, files ?? new Map(), report, diagnostics.length === 0);
    checkFiles(text, root, report);
    checkResults(root, report);
    checkRunner(root, report);
    const { names } = space;
    if (references !== undefined && names !== undefined) checkReferences(references, names, findings);
  } else if (root !== undefined && !(root.kind === 'scalar' && root.written === '')) {
    const range = pointAt(text, { key: undefined, node: root });
    report(
      'not-a-mapping',
      range,
      `a sweep file is a mapping with "cmd" and "parameters", got ${describeNode(root)}`,
    );
  } else if (!hasError(found)) {
    report(
      'not-a-mapping',
      { start: 0, end: 0 },
      'the sweep file is empty; write "cmd" with the command and "parameters" with the values to try',
    );
  }
  const isSound = !hasError(found);
  return {
    file:
      isSound && checked !== undefined && root !== undefined && space?.space !== undefined
        ? fileOf(checked, root, space.space, path)
        : undefined,
    diagnostics: withoutEchoes(found, diagnostics),
    references: references === undefined ? [] : parameterReferences(references, space?.names),
    inputs: root === undefined ? [] : inputsOf(text, root),
    dataFiles: space?.dataFiles ?? [],
    parameters: space?.parameters ?? [],
    uses: space?.uses ?? [],
    templates: root === undefined ? [] : templatesOf(text, root),
    names: space?.names,
    rangesOf(steps) {
      const located = root === undefined ? undefined : locate(root, steps);
      return located === undefined ? undefined : { key: located.key, value: located.node.range };
    },
  };
}

/** In the order of the text; without what is said of a value that YAML itself could not read. */
function withoutEchoes(found: readonly Diagnostic[], unreadable: readonly Diagnostic[]): Diagnostic[] {
  const keyOf = ({ range }: Diagnostic): string => `${range.start} ${range.end}`;
  const ranges = new Set(unreadable.map(keyOf));
  return found
    .filter((diagnostic, index) => index < unreadable.length || !ranges.has(keyOf(diagnostic)))
    .sort((a, b) => a.range.start - b.range.start);
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

const sectionNames = Object.keys(sweepFileSchema.shape);

/** Checks each section by itself, so that a mistake in one hides nothing in another. */
function checkSections(text: string, root: MapNode, report: Report): CheckedSweepFile | undefined {
  const misspelled = new Set<string>();
  for (const key of root.entries.keys()) {
    if (sectionNames.includes(key)) continue;
    const meant = reportUnknownKey(root, key, sectionNames, report);
    if (meant !== undefined) misspelled.add(meant);
  }
  const sections: Record<string, unknown> = {};
  let isValid = true;
  for (const [name, schema] of Object.entries(sweepFileSchema.shape)) {
    const result = schema.safeParse(root.entries.get(name)?.node.value);
    if (result.success) {
      if (result.data !== undefined) sections[name] = result.data;
      continue;
    }
    isValid = false;
    if (root.entries.has(name) || !misspelled.has(name)) {
      reportIssues(text, root, result.error.issues, [name], report);
    }
  }
  return isValid ? (sections as CheckedSweepFile) : undefined;
}

function fileOf(checked: CheckedSweepFile, root: SourceNode, space: ParameterSpace, path: string): SweepFile {
  return {
    name: checked.name ?? defaultSweepName(path),
    description: checked.description,
    ...commandSectionOf(checked, root),
    space,
    ...filesSectionOf(checked),
    ...runnerSectionOf(checked),
    ...policySectionOf(checked),
    ...diagnosisSectionOf(checked),
    ...resultsSectionOf(checked),
  };
}
