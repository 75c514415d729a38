import { mostRunsUnasked } from '../core/defaults.ts';
import { createSweepOf, launchSweepFile } from '../core/launch.ts';
import { goesOnAlone } from '../core/runner/goesOnAlone.ts';
import { handOver, inBackground } from './background.ts';
import { confirm } from './confirm.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { inForeground } from './foreground.ts';
import { openSweepFile } from './openSweepFile.ts';

/** `multirun run FILE`: runs all runs of a sweep file and waits for them, or lets a process of its own do so. */
export async function runCommand(
  path: string,
  {
    maxParallel,
    output,
    on,
    yes = false,
    detach = false,
  }: {
    readonly maxParallel?: number;
    readonly output?: string;
    readonly on?: string;
    readonly yes?: boolean;
    readonly detach?: boolean;
  },
): Promise<ExitCode> {
  const loaded = await openSweepFile(path);
  if (loaded === undefined) return exitCodes.badInput;
  if (!yes && !(await isWanted(path, loaded.runnable.plan.size))) return exitCodes.badInput;
  const launch = { maxParallel, outputPath: output, on };
  if (!detach) return inForeground(() => launchSweepFile(loaded, launch));
  if (goesOnAlone(on ?? loaded.runnable.file.runner.type))
    return handOver(() => launchSweepFile(loaded, launch));
  const { directory, completed } = await createSweepOf(loaded, launch);
  await completed;
  return inBackground({ directory, intent: { kind: 'take-up' }, maxParallel });
}

/** Whether so many runs are meant; says what to do where nobody can be asked. */
async function isWanted(path: string, size: number): Promise<boolean> {
  if (size <= mostRunsUnasked) return true;
  const runs = `${size.toLocaleString('en')} runs`;
  const answer = await confirm(`${path} plans ${runs}, each with a directory of its own. Start them?`);
  if (answer !== undefined) return answer;
  process.stderr.write(
    `multirun: ${path} plans ${runs}; nothing was started. To start so many, add --yes.\n`,
  );
  return false;
}
