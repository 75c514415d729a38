import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { decodeChunk } from '../../core/resultsTable/chunkBytes.ts';
import type { FromResults, ToResults } from './protocol.ts';
import type { ToldRuns } from './readChunks.ts';

/** Hands runs over to a page. */
export interface Delivery extends vscode.Disposable {
  /** Where files for the page lie until it has fetched them. It is made by who writes the first one. */
  readonly folder: string;
  /** Resolves when the page has the runs, or does not want them any more. */
  tell(sweep: number, runs: ToldRuns): Promise<void>;
  /** What the page answers. */
  receive(answer: Extract<FromResults, { type: 'taken' }>): Promise<void>;
  /** The page begins anew, and answers no more to what it was told. */
  forget(): void;
}

/**
 * Makes what hands runs over. Small chunks are messages. Of a message VS Code makes several copies in the extension host, which
 * stay until V8 looks for them: of a hundred thousand runs these are 60 MB. So many runs lie in files, which the page fetches
 * as it does pictures, past the extension host: from the address that `addressOf` gives.
 */
export function createDelivery(
  addressOf: (file: string) => string,
  post: (message: ToResults) => PromiseLike<unknown>,
): Delivery {
  const folder = join(tmpdir(), `multirun-results-${randomUUID()}`);
  const waiting = new Map<string, { readonly sweep: number; readonly end: () => void }>();
  const forget = () => {
    for (const { end } of waiting.values()) end();
    waiting.clear();
  };
  return {
    folder,
    tell: async (sweep, told) => {
      if ('chunk' in told) {
        await post({ type: 'chunk', sweep, chunk: told.chunk });
        return;
      }
      const { file } = told;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(file, { sweep, end: resolve });
      await post({ type: 'chunk-file', sweep, file, address: addressOf(file) });
      await promise;
    },
    receive: async ({ file, isMissed }) => {
      const known = waiting.get(file);
      if (known === undefined) return;
      try {
        if (isMissed) {
          const { buffer } = Uint8Array.from(await readFile(file));
          await post({ type: 'chunk', sweep: known.sweep, chunk: decodeChunk(buffer) });
        }
      } finally {
        waiting.delete(file);
        known.end();
      }
    },
    forget,
    dispose: () => {
      forget();
      // The window may be closing, and waits for nobody.
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
