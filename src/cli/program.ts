import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { mostRunsUnasked } from '../core/defaults.ts';
import { MultirunError, systemCode } from '../core/errors.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { addImportCommand } from './importProgram.ts';
import { addLifeCommands } from './lifeProgram.ts';
import { planCommand } from './planCommand.ts';
import { addResultsCommand } from './resultsProgram.ts';
import { runCommand } from './runCommand.ts';
import { withRunnerModules } from './runnerModules.ts';
import { addSensitivityCommand } from './sensitivityProgram.ts';
import { statusCommand } from './statusCommand.ts';
import { wholeNumber } from './wholeNumber.ts';

/** Runs the command line with these arguments; resolves to what the process shall exit with. Never throws. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.good;
  const program = makeProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.badInput;
    process.stderr.write(`multirun: ${messageOf(error)}\n`);
    if (!(error instanceof MultirunError))
      return isAboutInput(error) ? exitCodes.badInput : exitCodes.failedRuns;
    return error.code === 'not-recorded' ? exitCodes.failedRuns : exitCodes.badInput;
  }
}

function makeProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('multirun')
    .description('Runs one command many times, each run with its own parameters in its own directory.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showHelpAfterError('(multirun --help tells more)')
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Examples:
  $ multirun plan lander.sweep.yaml     what would run
  $ multirun run lander.sweep.yaml      run it
  $ multirun status multirun/lander/2026-11-22_22-44-44

Exit codes: 0 all well; 1 some run failed, or not all ran; 2 a wrong sweep file or command line; 130 interrupted.`,
    );

  withRunnerModules(program.command('run'))
    .description('Runs all runs of a sweep file and waits for them.')
    .argument('<file>', 'the sweep file')
    .option(
      '-j, --max-parallel <n>',
      "how many runs may run at the same time (default: the sweep file's, or 4)",
      wholeNumber,
    )
    .option(
      '-o, --output <path>',
      "the new directory for the sweep (default: the sweep file's, or one named by the time)",
    )
    .option(
      '--on <runner>',
      "local, or slurm: as job arrays of a cluster (default: the sweep file's, or local)",
    )
    .option('-d, --detach', 'in a process of its own, whatever becomes of this terminal')
    .option('-y, --yes', `start more than ${mostRunsUnasked.toLocaleString('en')} runs without asking`)
    .addHelpText(
      'after',
      `
Ctrl-C starts nothing more and lets running runs finish; a second Ctrl-C terminates them. A terminal that goes away takes no
sweep with it: multirun attach watches it from another one. On a cluster, Ctrl-C only stops watching, and --detach returns as soon
as all is submitted.

Examples:
  $ multirun run lander.sweep.yaml
  $ multirun run lander.sweep.yaml --max-parallel 8 --output results/tuesday
  $ multirun run lander.sweep.yaml --on slurm --detach`,
    )
    .action(
      async (
        file: string,
        options: { maxParallel?: number; output?: string; on?: string; yes?: true; detach?: true },
      ) => {
        finish(await runCommand(file, options));
      },
    );

  withRunnerModules(program.command('plan'))
    .description('Lists the runs of a sweep file and starts nothing.')
    .argument('<file>', 'the sweep file')
    .option('-n, --limit <n>', 'how many runs to list (default: 20, with --json all)', wholeNumber)
    .option('--json', 'one JSON object a line for each run: {"run":0,"params":{…}}')
    .option('--script', 'only the script that each task of a job array on Slurm would be')
    .addHelpText(
      'after',
      `
Examples:
  $ multirun plan lander.sweep.yaml --limit 100
  $ multirun plan lander.sweep.yaml --json | jq .params.mass
  $ multirun plan lander.sweep.yaml --script`,
    )
    .action(async (file: string, options: { limit?: number; json?: true; script?: true }) => {
      finish(await planCommand(file, options));
    });

  program
    .command('status')
    .description('Tells how a sweep stands or ended, whoever runs or ran it.')
    .argument('<directory>', 'the directory of the sweep')
    .option('--json', 'everything as one JSON object')
    .addHelpText(
      'after',
      `
A sweep is "running" while something runs it, "finished" when all its runs are over, and "interrupted" otherwise.

Examples:
  $ multirun status results/lander
  $ multirun status results/lander --json | jq '.failed[].directory'`,
    )
    .action(async (directory: string, options: { json?: true }) => {
      finish(await statusCommand(directory, options));
    });

  addLifeCommands(program, finish);
  addResultsCommand(program, finish);
  addSensitivityCommand(program, finish);
  addImportCommand(program, finish);
  return program;
}

function messageOf(error: unknown): string {
  if (error instanceof MultirunError) return error.message;
  if (isAboutInput(error)) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Errors of the system about what a person named, which need no stack trace. */
function isAboutInput(error: unknown): boolean {
  return systemCode(error) !== undefined;
}
