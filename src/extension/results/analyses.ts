import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { Sample } from '../../core/analysis/sample.ts';
import type { Sensitivity, SensitivityKind } from '../../core/analysis/sensitivity.ts';
import type { SaltelliDesign } from '../../core/analysis/sobolIndices.ts';

/** What an analysis is made from. */
export interface AnalysisInput {
  readonly kind: SensitivityKind;
  readonly sample: Sample;
  readonly design: SaltelliDesign | undefined;
}

/** Makes analyses in a thread of their own, one at a time. */
export interface Analyses extends vscode.Disposable {
  /** Breaks off the one that is under way, which then gives undefined. */
  analyse(input: AnalysisInput): Promise<Sensitivity | undefined>;
}

/** Makes what makes analyses. */
export function createAnalyses(extension: vscode.Uri): Analyses {
  const program = vscode.Uri.joinPath(extension, 'dist', 'sensitivityWorker.js').fsPath;
  let running: Worker | undefined;
  return {
    analyse: async (input) => {
      void running?.terminate();
      const worker = new Worker(program, { workerData: input });
      running = worker;
      try {
        const [answer] = await Promise.race([once(worker, 'message'), once(worker, 'exit')]);
        return typeof answer === 'object' ? (answer as Sensitivity) : undefined;
      } finally {
        if (running === worker) running = undefined;
        void worker.terminate();
      }
    },
    dispose: () => void running?.terminate(),
  };
}
