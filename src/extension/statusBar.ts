import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { goesOnAlone } from '../core/runner/goesOnAlone.ts';
import type { SweepView } from '../core/sweepDirectory/sweepView.ts';
import { commands } from './ids.ts';
import type { Catalogue } from './sweeps/catalogue.ts';
import type { EndedSweep, Launcher } from './sweeps/launcher.ts';
import { type NamedSweep, outcomeText, progressText } from './text/statusText.ts';

const tickMs = 1000;
const outcomeForMs = 60_000;

/** Shows progress while something runs, whoever started it, then the outcome for a minute; a click shows the sweep. */
export function createStatusBar(catalogue: Catalogue, launcher: Launcher): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('multirun.progress', vscode.StatusBarAlignment.Left, 10);
  item.name = t('Multirun: Sweep Progress');
  let clock: NodeJS.Timeout | undefined;
  let hiding: NodeJS.Timeout | undefined;
  let last: SweepView | undefined;

  const draw = () => {
    const live = catalogue.live();
    const waiting = launcher.waiting();
    if (live.length === 0 && waiting === 0) return drawOutcome();
    clearTimeout(hiding);
    hiding = undefined;
    clock ??= setInterval(draw, tickMs);
    last = live[0] ?? last;
    item.text = progressText(live.map(named), waiting, Date.now());
    item.tooltip = [t('Show in Sweeps'), ...live.map(({ directory }) => directory)].join('\n');
    item.command = commandFor(live[0]);
    item.show();
  };

  const drawOutcome = () => {
    clearInterval(clock);
    clock = undefined;
    if (last === undefined || catalogue.entry(last.directory) === undefined) return item.hide();
    item.text = outcomeText(named(last));
    item.tooltip = `${t('Show in Sweeps')}\n${last.directory}`;
    item.command = commandFor(last);
    item.show();
    hiding ??= setTimeout(() => {
      last = undefined;
      hiding = undefined;
      item.hide();
    }, outcomeForMs);
  };

  // One that is short may begin and end between two looks at what is live.
  const drawEnd = ({ sweep }: EndedSweep) => {
    clearTimeout(hiding);
    hiding = undefined;
    last = catalogue.view(sweep.directory) ?? last;
    draw();
  };

  return vscode.Disposable.from(
    item,
    catalogue.onDidChange(draw),
    launcher.onDidChange(draw),
    launcher.onDidEnd(drawEnd),
    {
      dispose: () => {
        clearInterval(clock);
        clearTimeout(hiding);
      },
    },
  );
}

function named({ header, state }: SweepView): NamedSweep {
  return { name: header.name, state, isOnCluster: goesOnAlone(header.runner.type) };
}

function commandFor(view: SweepView | undefined): vscode.Command {
  return { command: commands.showSweep, title: t('Show in Sweeps'), arguments: view ? [view.directory] : [] };
}
