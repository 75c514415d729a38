import type { Command } from 'commander';
import { attachCommand } from './attachCommand.ts';
import { carryCommand } from './carryCommand.ts';
import { cancelCommand, controlCommand } from './controlCommands.ts';
import { deleteCommand } from './deleteCommand.ts';
import type { ExitCode } from './exitCodes.ts';
import { exportCommand } from './exportCommand.ts';
import { extendCommand } from './extendCommand.ts';
import { loadingRunnerModules, withRunnerModules } from './runnerModules.ts';
import { rerunCommand, resumeCommand, type TakeUpCommandOptions } from './takeUpCommand.ts';
import { wholeNumber } from './wholeNumber.ts';

const sweepArgument = ['<directory>', 'the directory of the sweep'] as const;

/** Adds what can be done with a sweep after its start: go on with it, watch it, and ask of it, whoever carries it. */
export function addLifeCommands(program: Command, finish: (code: ExitCode) => void): void {
  const takingUp = (name: string, description: string): Command =>
    withRunnerModules(program.command(name))
      .description(description)
      .argument(...sweepArgument)
      .option(
        '-j, --max-parallel <n>',
        'how many runs may run at the same time (default: as before)',
        wholeNumber,
      )
      .option('-d, --detach', 'in a process of its own, whatever becomes of this terminal')
      .option('--explain', 'only list what would run and what not, and why')
      .option(
        '--take-over',
        'also where the process that ran it elsewhere is only silent: you know that it is gone',
      );

  takingUp('resume', 'Goes on with a sweep: what succeeded or was skipped stays, the rest runs.')
    .addHelpText(
      'after',
      `
A sweep that was stopped, interrupted or halted goes on, and so does one that is paused, whoever runs it.
Runs that were going when their window or terminal went away are watched to their end, and never started twice.

Examples:
  $ multirun resume results/lander --explain
  $ multirun resume results/lander --detach`,
    )
    .option('--with <file>', 'apply a changed sweep file first, as extend does')
    .action(async (directory: string, options: TakeUpCommandOptions & { with?: string }) => {
      finish(
        options.with === undefined
          ? await resumeCommand(directory, options)
          : await extendCommand(directory, options.with, { ...options, failed: true }),
      );
    });

  takingUp(
    'extend',
    'Applies a changed sweep file to a sweep and goes on: only new points run, and what had not begun.',
  )
    .argument('[file]', 'the sweep file (default: the one that the sweep was made from)')
    .option('--failed', 'run what failed once more, too')
    .addHelpText(
      'after',
      `
Runs are known by their parameters: what the sweep has run already stays. Points that the file has no more are skipped where they
have not begun. Every version of the file is kept.

Examples:
  $ multirun extend results/lander --explain
  $ multirun resume results/lander --with lander.sweep.yaml`,
    )
    .action(
      async (
        directory: string,
        file: string | undefined,
        options: TakeUpCommandOptions & { failed?: true },
      ) => {
        finish(await extendCommand(directory, file, options));
      },
    );

  takingUp('rerun', 'Runs some runs of a sweep once more; what their earlier attempts left is kept.')
    .argument('[runs...]', 'the numbers of the runs')
    .option('--failed', 'all that failed')
    .option('--all', 'all')
    .action(
      async (
        directory: string,
        runs: string[],
        options: TakeUpCommandOptions & { failed?: true; all?: true },
      ) => {
        finish(await rerunCommand(directory, runs, options));
      },
    );

  program
    .command('attach')
    .description('Watches a sweep that another process runs until it has ended. Ctrl-C stops watching.')
    .argument(...sweepArgument)
    .action(async (directory: string) => {
      finish(await attachCommand(directory));
    });

  program
    .command('pause')
    .description('Starts no more runs of a sweep until it is resumed; running runs finish.')
    .argument(...sweepArgument)
    .action(async (directory: string) => {
      finish(await controlCommand(directory, (controls) => controls.pause(), 'is paused'));
    });

  program
    .command('stop')
    .description('Ends a sweep as soon as its running runs have finished; what has not begun stays pending.')
    .argument(...sweepArgument)
    .action(async (directory: string) => {
      finish(await controlCommand(directory, (controls) => controls.stop(), 'starts nothing more'));
    });

  program
    .command('cancel')
    .description('Ends a sweep now: running runs are terminated, what has not begun stays pending.')
    .argument(...sweepArgument)
    .argument('[runs...]', 'only these runs: running ones are terminated, pending ones skipped')
    .option('--pending', 'only what has not begun: it is skipped, and running runs finish')
    .action(async (directory: string, runs: string[], options: { pending?: true }) => {
      finish(await cancelCommand(directory, runs, options));
    });

  program
    .command('max-parallel')
    .description('Changes how many runs of a sweep may run at the same time, while it runs.')
    .argument(...sweepArgument)
    .argument('<n>', 'how many', wholeNumber)
    .action(async (directory: string, n: number) => {
      finish(
        await controlCommand(directory, (controls) => controls.setMaxParallel(n), `runs ${n} at a time`),
      );
    });

  program
    .command('export')
    .description(
      'Writes a folder that repeats one run without Multirun: a script, its parameters and its inputs.',
    )
    .argument(...sweepArgument)
    .argument('<run>', 'the number of the run')
    .argument('<target>', 'a new folder')
    .action(async (directory: string, run: string, target: string) => {
      finish(await exportCommand(directory, run, target));
    });

  program
    .command('delete')
    .description('Deletes a sweep that nobody runs, with all its runs; follows no link.')
    .argument(...sweepArgument)
    .option('-y, --yes', 'without a question')
    .action(async (directory: string, options: { yes?: true }) => {
      finish(await deleteCommand(directory, options));
    });

  loadingRunnerModules(program.command('carry', { hidden: true })).action(async () => {
    finish(await carryCommand());
  });
}
