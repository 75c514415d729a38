import { resolve } from 'node:path';
import { controlsOf } from '../core/controls.ts';
import { MultirunError } from '../core/errors.ts';
import { describeDecision, type Intent } from '../core/intent.ts';
import { goesOnAlone } from '../core/runner/goesOnAlone.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { explain, takeUpSweep } from '../core/takeUp.ts';
import { handOver, inBackground } from './background.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { inForeground } from './foreground.ts';
import { countOf, paramsText } from './text.ts';

/** What `resume` and `rerun` can be told. */
export interface TakeUpCommandOptions {
  readonly maxParallel?: number;
  readonly detach?: true;
  readonly takeOver?: true;
  /** Only tells what would run, and why. */
  readonly explain?: true;
}

/** `multirun resume DIR`: goes on with a sweep; one that is carried and paused starts runs again. */
export async function resumeCommand(path: string, options: TakeUpCommandOptions): Promise<ExitCode> {
  const view = await openSweep(resolve(path));
  if (!view.live || options.explain) return takeUp(view, { kind: 'resume' }, options);
  if (view.state.phase === 'stopping') {
    throw new MultirunError(
      'locked',
      `the sweep in ${view.directory} is being stopped; resume it when it has`,
    );
  }
  if (view.state.paused === undefined) {
    process.stdout.write(`${view.header.name} is running; multirun attach ${path} watches it\n`);
    return exitCodes.good;
  }
  await controlsOf(view.directory).resume();
  process.stdout.write(`${view.header.name} starts runs again\n`);
  return exitCodes.good;
}

/** `multirun rerun DIR RUN…|--failed|--all`: new attempts of these runs. */
export async function rerunCommand(
  path: string,
  labels: readonly string[],
  { failed, all, ...options }: TakeUpCommandOptions & { readonly failed?: true; readonly all?: true },
): Promise<ExitCode> {
  const view = await openSweep(resolve(path));
  const choices = [labels.length > 0, failed, all].filter(Boolean).length;
  if (choices !== 1)
    throw new MultirunError('invalid-argument', 'say which runs: their numbers, or --failed, or --all');
  const runs = failed ? 'failed' : all ? 'all' : labels.map((label) => runOf(view, label));
  const intent: Intent = { kind: 'rerun', runs };
  if (!view.live || options.explain) return takeUp(view, intent, options);
  const wanted = explain(view, intent).flatMap(({ act }, run) => (act === 'run' ? [run] : []));
  await controlsOf(view.directory).runAgain(wanted);
  process.stdout.write(`${view.header.name}: ${countOf(wanted.length, 'run')} once more\n`);
  return exitCodes.good;
}

async function takeUp(view: SweepView, intent: Intent, options: TakeUpCommandOptions): Promise<ExitCode> {
  const { directory } = view;
  if (options.explain) return printDecisions(view, intent);
  const { maxParallel, takeOver } = options;
  if (options.detach && goesOnAlone(view.header.runner.type))
    return handOver(() => takeUpSweep(directory, intent, { maxParallel, takeOver }));
  if (options.detach) return inBackground({ directory, intent, maxParallel, takeOver });
  return inForeground(() => takeUpSweep(directory, intent, { maxParallel, takeOver }));
}

function printDecisions(view: SweepView, intent: Intent): ExitCode {
  const decisions = explain(view, intent);
  const count = decisions.filter(({ act }) => act === 'run').length;
  let text = `${view.header.name}: ${countOf(count, 'run')} of ${decisions.length} would run\n`;
  for (const [run, decision] of decisions.entries()) {
    const values = paramsText(view.params(run), view.header.varying);
    text += `${view.label(run)}  ${describeDecision(decision)}${values === '' ? '' : `  (${values})`}\n`;
  }
  process.stdout.write(text);
  return exitCodes.good;
}

/** The run that a person names by its number, padded or not. */
export function runOf({ state, directory }: SweepView, label: string): number {
  const run = Number(label);
  if (/^\d+$/.test(label) && run < state.total) return run;
  throw new MultirunError(
    'not-a-run',
    `${directory} has no run ${label}; its runs are 0 to ${state.total - 1}`,
  );
}
