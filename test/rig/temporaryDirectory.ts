import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty directory that is gone after the test: `await using directory = await temporaryDirectory()`. */
export async function temporaryDirectory(): Promise<
  AsyncDisposable & { readonly path: string; at(...parts: string[]): string }
> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'multirun-test-')));
  return {
    path,
    at: (...parts) => join(path, ...parts),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
