import type { Command } from 'commander';
import type { ExitCode } from './exitCodes.ts';
import { importHydraCommand, importParallelCommand } from './importCommand.ts';

/** Adds `multirun import` to the program; `finish` is told the exit code. */
export function addImportCommand(program: Command, finish: (code: ExitCode) => void): void {
  const imported = program
    .command('import')
    .description('Makes a sweep file of what another tool would run.')
    .helpCommand(false);
  imported
    .command('hydra')
    .description('Imports a multirun of Hydra: its command line, or a configuration.')
    .argument(
      '<line...>',
      'the command line or its overrides, or a file: multirun.yaml, or one with hydra.sweeper.params',
    )
    .option('-o, --output <file>', 'a new file (default: standard output)')
    .option(
      '--command <command>',
      'what starts the program, where the line does not say it: "python train.py"',
    )
    .option('--config-dir <path>', "the directory of the configuration, for glob(…) over a group's options")
    .passThroughOptions()
    .addHelpText(
      'after',
      `
Examples:
  $ multirun import hydra -- python train.py -m db=mysql,postgresql 'lr=tag(log,interval(1e-4,1e-1))'
  $ multirun import hydra --command 'python train.py' 'x=range(0,10,2)' y=a,b
  $ multirun import hydra -o sweep.yaml multirun/2026-11-24/10-00-00/multirun.yaml`,
    )
    .action(async (line: string[], options: { output?: string; command?: string; configDir?: string }) => {
      finish(await importHydraCommand(line, options));
    });
  imported
    .command('parallel')
    .description('Imports a command line of GNU parallel.')
    .argument('<line...>', 'the command line, with or without "parallel" in front; -- before its own options')
    .option('-o, --output <file>', 'a new file (default: standard output)')
    .passThroughOptions()
    .addHelpText(
      'after',
      `
Examples:
  $ multirun import parallel parallel -j4 ./sim --mass {1} --thrust {2} ::: 900 1000 :::+ a b ::: 1.4 1.6
  $ multirun import parallel -o sweep.yaml -- 'wc -l {} > {/.}.txt' ::: data/*.csv`,
    )
    .action(async (line: string[], options: { output?: string }) => {
      finish(await importParallelCommand(line, options));
    });
}
