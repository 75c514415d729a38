import { randomInt } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkTemplates } from './checkTemplates.ts';
import { readDataFiles } from './dataFiles.ts';
import type { Diagnostic } from './diagnostic.ts';
import { findProgram } from './findProgram.ts';
import type { ParameterSpace } from './plan/parameterSpace.ts';
import type { Plan } from './plan/plan.ts';
import { type Planned, planInSteps } from './plan/planSweep.ts';
import { noSuchRunner, registeredTypes } from './runner/runnerTypes.ts';
import { type ParsedSweepFile, parseSweepFile } from './sweepFile/parseSweepFile.ts';
import type { SweepFile } from './sweepFile/sweepFile.ts';
import { valueProblems } from './sweepFile/valueProblems.ts';

/** A sweep file with everything that can be known of it before anything is started. */
export interface LoadedSweepFile {
  /** Absolute path of the sweep file. */
  readonly path: string;
  /** Its text as read, or as an editor holds it. */
  readonly text: string;
  /** All problems, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** What it says, where there is no error. */
  readonly runnable: { readonly file: SweepFile; readonly plan: Plan } | undefined;
  /** Its text, understood as far as it can be. */
  readonly parsed: ParsedSweepFile;
}

/** What a sweep file is read with. */
export interface LoadOptions {
  /** Where random choices come from when the file gives no seed. Default: drawn, so that each launch makes other choices. */
  readonly seed?: number | undefined;
}

/** A seed that programs in any language can take for theirs. */
export function drawSeed(): number {
  return randomInt(2 ** 31);
}

/**
 * Reads and checks a sweep file and the files that it takes values from; `text` stands for its content where an editor has
 * unsaved changes.
 */
export async function loadSweepFile(
  path: string,
  text?: string,
  { seed = drawSeed() }: LoadOptions = {},
): Promise<LoadedSweepFile> {
  const absolute = resolve(path);
  const content = text ?? (await readFile(absolute, 'utf8'));
  const home = dirname(absolute);
  const parsed = await parseWithFiles(content, absolute, home);
  const { file, problems } = await withProgram(parsed, absolute);
  const planned = file && (await planInTurns(file.space, seed));
  const templates = await checkTemplates(parsed, home);
  const references = [...parsed.references, ...templates.references];
  const all = [
    ...parsed.diagnostics,
    ...problems,
    ...(await missingInputs(parsed, home)),
    ...missingRunner(parsed),
    ...templates.diagnostics,
    ...(planned?.problems ?? []),
    ...(planned?.plan === undefined ? [] : valueProblems(references, planned.plan)),
  ].sort((a, b) => a.range.start - b.range.start);
  const isSound = !all.some(({ severity }) => severity === 'error');
  return {
    path: absolute,
    text: content,
    diagnostics: all,
    runnable: isSound && file && planned?.plan ? { file, plan: planned.plan } : undefined,
    parsed,
  };
}

/** Makes a plan; where that takes long, this process does its other work in between. */
async function planInTurns(space: ParameterSpace, seed: number): Promise<Planned> {
  const planning = planInSteps(space, { seed });
  for (;;) {
    const step = planning.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

async function parseWithFiles(text: string, path: string, home: string): Promise<ParsedSweepFile> {
  const parsed = parseSweepFile(text, { path });
  if (parsed.dataFiles.length === 0) return parsed;
  const paths = parsed.dataFiles.map((file) => file.path);
  return parseSweepFile(text, { path, files: await readDataFiles(paths, home) });
}

/** The file with its program found; or what is wrong with that. */
async function withProgram(
  { file, rangesOf }: ParsedSweepFile,
  path: string,
): Promise<{ readonly file: SweepFile | undefined; readonly problems: readonly Diagnostic[] }> {
  if (file === undefined) return { file, problems: [] };
  const found = await findProgram(file, path);
  if ('file' in found) return { file: found.file, problems: [] };
  const range = rangesOf(['program'])?.value ?? { start: 0, end: 0 };
  return { file, problems: [{ code: 'missing-input', severity: 'error', message: found.problem, range }] };
}

async function missingInputs({ inputs }: ParsedSweepFile, home: string): Promise<Diagnostic[]> {
  const missing: Diagnostic[] = [];
  for (const { path, range } of inputs) {
    const place = resolve(home, path);
    if (await stat(place).catch(() => undefined)) continue;
    const message = `the input file ${JSON.stringify(basename(path))} does not exist in ${dirname(place)}`;
    missing.push({ code: 'missing-input', severity: 'error', message, range });
  }
  return missing;
}

/** A runner that is not here is no error of the file: it can be sent to another one. */
function missingRunner({ file, rangesOf }: ParsedSweepFile): Diagnostic[] {
  const range = rangesOf(['runner', 'type'])?.value;
  if (file === undefined || range === undefined || registeredTypes().includes(file.runner.type)) return [];
  const message = `runner.type: ${noSuchRunner(file.runner.type)}`;
  return [{ code: 'unknown-runner', severity: 'warning', message, range }];
}
