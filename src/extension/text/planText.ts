import { t } from '@vscode/l10n';
import type { LoadedSweepFile } from '../../core/loadSweepFile.ts';
import { paramAt } from '../../core/params.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { runLabel } from '../../core/sweepDirectory/layout.ts';
import { runsText } from '../tree/labels.ts';
import { formatValue, oneLine } from './format.ts';

const mostRuns = 10_000;

/** What a sweep file would run, as text: what is common to all runs, then a table with a line for each. */
export function planText({ diagnostics, runnable }: LoadedSweepFile): string {
  if (runnable === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    return [
      t('This sweep file has problems, and runs nothing until they are solved:'),
      '',
      ...errors.map(({ message }) => `  - ${message}`),
      '',
    ].join('\n');
  }
  const { file, plan } = runnable;
  const head = [
    `${file.name}: ${runsText(plan.size)}`,
    '',
    t('Command:  {0}', file.cmd.map((word) => oneLine(word)).join(' ')),
    t('At once:  {0}', file.runner.maxParallel),
    '',
  ];
  const shown = Math.min(plan.size, mostRuns);
  const rest = plan.size - shown;
  const tail = rest > 0 ? [t('… and {0} more', runsText(rest)), ''] : [];
  return [...head, ...table(plan, shown), ...tail, ''].join('\n');
}

function table(plan: Plan, shown: number): string[] {
  const rows = [['run', ...plan.names.map((name) => oneLine(name))]];
  for (let run = 0; run < shown; run++) {
    const params = plan.at(run);
    rows.push([
      runLabel(run, plan.size),
      ...plan.names.map((name) => {
        const value = paramAt(params, name);
        return value === undefined ? '' : formatValue(value);
      }),
    ]);
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
