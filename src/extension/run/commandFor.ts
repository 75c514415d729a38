import { commandOf } from '../../core/runner/commandOf.ts';
import type { Command } from '../../core/runner/launcher.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';

/** The command of a run; in another directory than its own where one is given. Throws a RangeError where a template takes what there is not. */
export function commandFor(view: SweepView, run: number, directory = view.runDirectory(run)): Command {
  return commandOf(view.revisionOf(run).header, {
    run,
    directory,
    params: view.params(run),
    environment: process.env,
  });
}
