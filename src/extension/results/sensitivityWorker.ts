import { parentPort, workerData } from 'node:worker_threads';
import { analyse } from '../../core/analysis/sensitivity.ts';
import type { AnalysisInput } from './analyses.ts';

/** The thread in which an analysis is made: it takes seconds, and the extension host has others to serve. */
const { kind, sample, design } = workerData as AnalysisInput;
parentPort?.postMessage(analyse(kind, sample, design));
