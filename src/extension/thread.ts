import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';

/**
 * What is read of many files is garbage at once. In the extension host V8 answers it with room for more and more of it, a hundred
 * megabytes in the end, which it hardly ever gives back; a thread makes do with this much, and all of it goes with the thread.
 * In MB.
 */
const garbageRoom = 4;

/** Starts a thread for work that leaves much garbage, such as reading many files. `input` is its `workerData`. */
export function startThread(program: string | URL, input: unknown): Worker {
  return new Worker(program, {
    workerData: input,
    resourceLimits: { maxYoungGenerationSizeMb: garbageRoom },
  });
}

/** What a thread makes of `input`: the first thing that it tells. Rejects with what it throws, and when `signal` ends it. */
export async function inThread<T>(program: string | URL, input: unknown, signal?: AbortSignal): Promise<T> {
  const worker = startThread(program, input);
  try {
    const [answer] = await once(worker, 'message', { ...(signal && { signal }) });
    return answer as T;
  } finally {
    void worker.terminate();
  }
}

const turns = new PQueue({ concurrency: 1 });

/**
 * Waits until nobody else has the turn, and has it until it is disposed of: what takes seconds in threads takes the memory of
 * one thread so.
 */
export async function threadTurn(): Promise<Disposable> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  await new Promise<void>((begin) => {
    void turns.add(() => {
      begin();
      return over;
    });
  });
  return { [Symbol.dispose]: end };
}
