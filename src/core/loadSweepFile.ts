import { randomInt } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { readDataFiles } from './dataFiles.ts';
import type { Diagnostic } from './diagnostic.ts';
import { paramAt } from './params.ts';
import { type Plan, runsToTry } from './plan/plan.ts';
import { planSweep } from './plan/planSweep.ts';
import { type ParsedSweepFile, parseSweepFile } from './sweepFile/parseSweepFile.ts';
import type { SweepFile } from './sweepFile/sweepFile.ts';

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
  const { file, diagnostics } = parsed;
  const planned = file && planSweep(file.space, { seed });
  const all = [
    ...diagnostics,
    ...(planned?.problems ?? []),
    ...(planned?.plan === undefined ? [] : lackingParameters(parsed, planned.plan)),
    ...(await missingInputs(parsed, home)),
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

async function parseWithFiles(text: string, path: string, home: string): Promise<ParsedSweepFile> {
  const parsed = parseSweepFile(text, { path });
  if (parsed.dataFiles.length === 0) return parsed;
  const paths = parsed.dataFiles.map((file) => file.path);
  return parseSweepFile(text, { path, files: await readDataFiles(paths, home) });
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

/** What the command takes and only the plan shows that a run lacks: one that `include` adds, at its end. */
function lackingParameters({ references }: ParsedSweepFile, plan: Plan): Diagnostic[] {
  const names = new Map(references.map(({ name, range }) => [name, range]));
  const found: Diagnostic[] = [];
  for (const run of runsToTry(plan)) {
    if (names.size === 0) break;
    const params = plan.at(run);
    for (const [name, range] of names) {
      if (paramAt(params, name) !== undefined) continue;
      names.delete(name);
      found.push({
        code: 'unknown-parameter',
        severity: 'error',
        message: `run ${run} has no parameter "${name}", and each run needs it`,
        range,
      });
    }
  }
  return found;
}
