import * as vscode from 'vscode';
import { submittedTask } from '../../core/job.ts';
import { goesOnAlone } from '../../core/runner/goesOnAlone.ts';
import { type SlurmQueue, slurmQueue } from '../../core/runner/slurm/queue.ts';
import { runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { messageOf } from '../text/messageOf.ts';
import { placeText } from '../text/placeText.ts';
import type { Catalogue } from './catalogue.ts';
import { sweepEnvironment } from './sweepEnvironment.ts';

/** What a cluster's queue tells of the runs that are in it, whoever carries their sweeps. */
export interface ClusterQueue extends vscode.Disposable {
  /** Fires when the queue was read anew. */
  readonly onDidChange: vscode.Event<void>;
  /** Where a run runs, or why it waits; empty where there is nothing to tell. */
  place(view: SweepView, run: number): string;
}

/** How often to see whether the queue is due: that is for the queue to say. */
const tickMs = 1000;
/** In a window that nobody looks at, as seldom as this. */
const unseenTicks = 30;

/** Reads the queue while a sweep of this window is in it: with all other windows together at most once every five seconds. */
export function createClusterQueue(catalogue: Catalogue, log: vscode.LogOutputChannel): ClusterQueue {
  const changes = new vscode.EventEmitter<void>();
  let queue: SlurmQueue | undefined;
  let clock: NodeJS.Timeout | undefined;
  let ticks = 0;
  let trouble: string | undefined;

  const look = async () => {
    queue = slurmQueue(sweepEnvironment());
    const before = queue.view.at;
    const after = await queue.refresh();
    if (after.trouble !== undefined && after.trouble !== trouble) log.warn(`squeue: ${after.trouble}`);
    trouble = after.trouble;
    if (after.at !== before) changes.fire();
  };
  const tick = () => {
    ticks += 1;
    // A workspace may say which program squeue is.
    if (!vscode.workspace.isTrusted) return;
    if (!vscode.window.state.focused && ticks % unseenTicks !== 0) return;
    look().catch((error: unknown) => log.error(`squeue: ${messageOf(error)}`));
  };
  const watchWhereNeeded = () => {
    const isNeeded = catalogue.active().some(isInQueue);
    if (isNeeded === (clock !== undefined)) return;
    clearInterval(clock);
    clock = isNeeded ? setInterval(tick, tickMs) : undefined;
    ticks = unseenTicks - 1;
    if (isNeeded) tick();
  };
  const listening = catalogue.onDidChange(watchWhereNeeded);

  return {
    onDidChange: changes.event,
    place: ({ state }, run) => {
      const task = submittedTask(state, run);
      const job = task?.job.job;
      const entry = task === undefined || job === undefined ? undefined : queue?.entry(job, task.task);
      return placeText(runAt(state.runs, run), task && { entry });
    },
    dispose: () => {
      clearInterval(clock);
      vscode.Disposable.from(listening, changes).dispose();
    },
  };
}

function isInQueue({ header, state }: SweepView): boolean {
  return goesOnAlone(header.runner.type) && state.jobs.length > 0;
}
