import { parentPort, workerData } from 'node:worker_threads';
import { readJournal } from '../../core/sweepDirectory/recorded.ts';
import type { JournalOrder } from './journalThread.ts';

/** The thread in which a long journal is read. */
const { path, before } = workerData as JournalOrder;
const recorded = await readJournal(path, before);
const numbers = recorded.state.runs.chunks.flatMap((chunk) => chunk?.numbers.buffer ?? []);
parentPort?.postMessage(recorded, [...new Set(numbers)] as ArrayBuffer[]);
