import { once } from 'node:events';
import { expandCommand } from '../core/command/expandCommand.ts';
import { missingVariables } from '../core/command/variables.ts';
import { isTerminal } from '../core/displayStatus.ts';
import { sweepPlanOf } from '../core/launch.ts';
import { paramAt } from '../core/params.ts';
import type { Block } from '../core/plan/parameterSpace.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ParamMap } from '../core/run.ts';
import { slurmScript } from '../core/runner/slurm/slurmScript.ts';
import { runNames } from '../core/sweepDirectory/layout.ts';
import { maxParallelOf } from '../core/sweepFile/runnerSection.ts';
import type { SweepFile } from '../core/sweepFile/sweepFile.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { openSweepFile } from './openSweepFile.ts';
import { countOf, cut, harmless, valueCell } from './text.ts';
import { textTable } from './textTable.ts';

/** `multirun plan FILE`: lists the runs of a sweep file and starts nothing. */
export async function planCommand(
  path: string,
  { limit, json, script }: { readonly limit?: number; readonly json?: true; readonly script?: true },
): Promise<ExitCode> {
  const loaded = await openSweepFile(path);
  if (loaded === undefined) return exitCodes.badInput;
  const { file, plan } = loaded.runnable;
  if (script) {
    process.stdout.write(slurmScript(await sweepPlanOf(loaded, { on: 'slurm' }), plan.size));
  } else if (json) {
    await printJson(plan, limit ?? plan.size);
  } else {
    const width = isTerminal(process.stdout) ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    const lines = planText(file, plan, limit ?? 20);
    process.stdout.write(lines.map((line) => `${width < line.length ? cut(line, width) : line}\n`).join(''));
  }
  return exitCodes.good;
}

/** One line for each run, as `runs.jsonl` of a sweep directory has it. */
async function printJson(plan: Plan, limit: number): Promise<void> {
  const { stdout } = process;
  let isOpen = true;
  stdout.once('error', () => {
    isOpen = false;
  });
  const shown = Math.min(limit, plan.size);
  let text = '';
  for (let run = 0; run < shown && isOpen; run++) {
    text += `${JSON.stringify({ run, params: plan.at(run) })}\n`;
    if (text.length < 1 << 16) continue;
    // A plan can be longer than memory; and whoever reads it may have seen enough.
    if (!stdout.write(text)) await once(stdout, 'drain').catch(() => {});
    text = '';
  }
  if (isOpen) stdout.write(text);
}

const widestCell = 30;

function planText(file: SweepFile, plan: Plan, limit: number): string[] {
  const { size, names } = plan;
  const shown = Math.min(limit, size);
  const runs = Array.from({ length: shown }, (_, run) => plan.at(run));
  const rows = runs.map((params, run) => [
    String(run),
    ...names.map((name) => valueCell(paramAt(params, name), widestCell)),
  ]);
  const header = ['run', ...names.map((name) => cut(name, widestCell))];
  const columns = header.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const isNumeric =
      column === 0 || runs.every((params) => typeof paramAt(params, names[column - 1] ?? '') === 'number');
    return { title, cells, side: isNumeric ? ('left' as const) : ('right' as const) };
  });
  const first = runs[0];
  const more = size - shown;
  return [
    `${file.name}: ${countOf(size, 'run')}, ${describeSpace(file, plan)}; at most ${maxParallelOf(file.runner, size)} at a time`,
    ...(first === undefined ? [] : [`Run 0: ${commandWords(file, first).map(shellWord).join(' ')}`]),
    '',
    ...textTable(columns),
    ...(more > 0
      ? [`… and ${more} more; --limit ${Math.min(size, 1000)} shows ${size > 1000 ? 'more' : 'all'}`]
      : []),
  ];
}

/** The command of a run. What variables of the environment hold is nobody's business, and may differ at the start. */
function commandWords({ cmd }: SweepFile, params: ParamMap): string[] {
  const environment = Object.fromEntries(missingVariables(cmd, {}).map((name) => [name, `$${name}`]));
  return expandCommand(cmd, { params, paramsFile: runNames.params, environment });
}

function describeSpace({ space: { block } }: SweepFile, plan: Plan): string {
  const words = [kindOf(block)];
  if (plan.excluded.size > 0) words.push(`${plan.excluded.size} excluded`);
  if (plan.seed !== undefined) words.push(`seed ${plan.seed}`);
  return words.join(', ');
}

function kindOf({ sampling, union, cross }: Block): string {
  const blocks = (union?.length ?? 0) + cross.length;
  if (blocks > 0) return `from ${countOf(blocks, 'block')}`;
  if (sampling === undefined || sampling.method === 'list') return 'as listed';
  return `${sampling.method} of ${countOf(sampling.parameters.length, 'parameter')}`;
}

/** A word as a person would type it in a shell; only to be looked at. */
function shellWord(word: string): string {
  const shown = harmless(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
