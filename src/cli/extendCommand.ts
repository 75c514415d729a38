import { resolve } from 'node:path';
import { controlsOf } from '../core/controls.ts';
import { MultirunError, messageOf } from '../core/errors.ts';
import {
  compareWithFile,
  describeExplained,
  type ExtendOptions,
  explainExtension,
  extendSweep,
} from '../core/extendSweep.ts';
import type { Intent } from '../core/intent.ts';
import type { LoadedSweepFile } from '../core/loadSweepFile.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { takeUpSweep } from '../core/takeUp.ts';
import { inBackground } from './background.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { inForeground } from './foreground.ts';
import { openSweepFile } from './openSweepFile.ts';
import type { TakeUpCommandOptions } from './takeUpCommand.ts';
import { countOf, paramsText } from './text.ts';

/**
 * `multirun extend DIR [FILE]`, `multirun resume DIR --with FILE`: applies a changed sweep file to a sweep, and goes on with it.
 * Without a file it is the one that the sweep was made from.
 */
export async function extendCommand(
  path: string,
  given: string | undefined,
  { explain, detach, takeOver, maxParallel, failed }: TakeUpCommandOptions & { readonly failed?: true },
): Promise<ExitCode> {
  const view = await openSweep(resolve(path));
  const { directory, header } = view;
  const file = given ?? header.sweepFile ?? undefined;
  if (file === undefined)
    throw new MultirunError('invalid-argument', `${directory} was not made from a sweep file; name one`);
  const loaded = await openSweepFile(file, header.seed);
  if (loaded === undefined) return exitCodes.badInput;
  const { plan } = loaded.runnable;
  if (explain) {
    const extension = await compareWithFile(view, loaded);
    const count = `${extension.added.length} new, ${extension.removed.size} no longer in the file`;
    process.stdout.write(`${header.name}: ${countOf(view.state.total, 'run')}; ${count}\n`);
    for (const explained of explainExtension(view, plan, extension, failed === true)) {
      const values = paramsText(explained.params, plan.names);
      const text = describeExplained(explained);
      process.stdout.write(`${view.label(explained.run)}  ${text}${values === '' ? '' : `  (${values})`}\n`);
    }
    return exitCodes.good;
  }
  const isExtended = await extend(view, loaded, { takeOver, alsoFailed: failed });
  const intent: Intent = { kind: 'take-up' };
  const code = detach
    ? await inBackground({ directory, intent, maxParallel })
    : await inForeground(() => takeUpSweep(directory, intent, { maxParallel }));
  return isExtended ? code : exitCodes.badInput;
}

/** Extends a sweep, and says so. Where that cannot be done, a sweep that somebody carried goes on all the same: resolves to false. */
async function extend(view: SweepView, loaded: LoadedSweepFile, options: ExtendOptions): Promise<boolean> {
  const { directory, header, live } = view;
  if (live) await controlsOf(directory).leave();
  try {
    const { added, removed } = await extendSweep(directory, loaded, options);
    process.stdout.write(`${header.name}: ${countOf(added, 'new run')}, ${removed} no longer in the file\n`);
    return true;
  } catch (error) {
    if (!live) throw error;
    process.stderr.write(`multirun: ${messageOf(error)}; ${header.name} goes on as it was\n`);
    return false;
  }
}
