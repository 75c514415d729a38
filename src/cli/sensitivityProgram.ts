import { type Command, Option } from 'commander';
import { sensitivityKinds } from '../core/analysis/sensitivity.ts';
import type { ExitCode } from './exitCodes.ts';
import { type SensitivityOptions, sensitivityCommand } from './sensitivityCommand.ts';

/** Adds `multirun sensitivity`. */
export function addSensitivityCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('sensitivity')
    .description('Tells which parameters a result depends on.')
    .argument('<directory>', 'the directory of the sweep')
    .option(
      '-r, --result <name>',
      'the result to explain (default: the metric; without one, each result that is a number)',
    )
    .addOption(
      new Option('-k, --kind <kind>', 'only this analysis (default: all that the sweep allows)').choices(
        sensitivityKinds,
      ),
    )
    .option('--json', 'one JSON object a line for each analysis of each result')
    .addHelpText(
      'after',
      `
correlation  Spearman's and Pearson's coefficients with p-values and 95 % intervals; eta² for parameters of words
regression   standardised coefficients of a linear model with R²
importance   permutation importance by random forests; takes seconds
sobol        first-order and total Sobol indices, of sweeps with "design: saltelli"

Runs that failed, or whose result is no number, are left out, and counted.

Examples:
  $ multirun sensitivity results/lander --result miss
  $ multirun sensitivity results/ishigami --kind sobol --json`,
    )
    .action(async (directory: string, options: SensitivityOptions) => {
      finish(await sensitivityCommand(directory, options));
    });
}
