import { type Command, Option } from 'commander';
import { exportFormats } from '../core/resultsTable/export/exportTable.ts';
import type { ExitCode } from './exitCodes.ts';
import { type ResultsOptions, resultsCommand } from './resultsCommand.ts';
import { wholeNumber } from './wholeNumber.ts';

/** Adds `multirun results`. */
export function addResultsCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('results')
    .description('Shows parameters and results of all runs as a table, or exports them.')
    .argument('<directories...>', 'the directory of the sweep; several are joined into one table')
    .addOption(
      new Option('-f, --format <format>', 'what to export (default: a table to read)').choices(
        Object.keys(exportFormats),
      ),
    )
    .option('-o, --output <file>', 'the new file to write (default: standard output)')
    .option(
      '-s, --sort <column>',
      'the column to sort by (default: the metric, best first; without one, the order of the plan)',
    )
    .option('-d, --descending', 'the greatest first')
    .option('-n, --limit <n>', 'how many runs (default: 20, with --format all)', wholeNumber)
    .option(
      '--no-escape-formulas',
      'leave texts in CSV as they are that a spreadsheet would take for formulas (default: an apostrophe in front)',
    )
    .addHelpText(
      'after',
      `
Columns that are the same for all runs are left out of the table to read; exports have all.

Examples:
  $ multirun results results/lander --sort miss --limit 10
  $ multirun results results/lander --format csv --output lander.csv
  $ multirun results results/monday results/tuesday --format jsonl | jq .results.miss`,
    )
    .action(async (directories: string[], options: ResultsOptions) => {
      finish(await resultsCommand(directories, options));
    });
}
