import { parentPort, workerData } from 'node:worker_threads';
import { analyseFailures, type FailuresOrder } from './analyseFailures.ts';

/** The thread in which the failures of a large sweep are analysed. */
parentPort?.postMessage(await analyseFailures(workerData as FailuresOrder));
