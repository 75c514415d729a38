import { on } from 'node:events';
import { startThread, threadTurn } from '../thread.ts';
import type { ReadRuns, RunsOrder } from './readChunks.ts';

/** How many pieces are read before they are wanted. */
const ahead = 2;

/** Names of files are used once. */
let pieces = 0;

/**
 * Reads many runs in a thread of its own, when it has its turn; the thread ends when all are read, when the caller wants no more, or when `signal` says
 * so. `program` is the bundle of `chunksWorker.ts`.
 */
export async function* chunksInThread(
  program: string | URL,
  order: RunsOrder,
  signal: AbortSignal,
): AsyncGenerator<ReadRuns> {
  using _ = await threadTurn();
  if (signal.aborted) return;
  const worker = startThread(program, order);
  const end = () => void worker.terminate();
  signal.addEventListener('abort', end);
  try {
    const more = () => worker.postMessage(pieces++);
    for (let count = 0; count < ahead; count++) more();
    for await (const [piece] of on(worker, 'message', { close: ['exit'] })) {
      more();
      yield piece as ReadRuns;
    }
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
