/**
 * A workspace that a test may change as it likes.
 *
 *     const workspace = await freshWorkspace();
 *     workspace.folder                  a copy of test/fixtures/workspace in the system's temporary folder
 *     await workspace.write('a.sweep.yaml', text)
 *     await workspace.read('a.sweep.yaml')
 *     await workspace.remove()
 */
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const fixture = path.resolve(import.meta.dirname, '../fixtures/workspace');

export interface Workspace {
  readonly folder: string;
  /** Writes a file; its path is relative to the workspace. */
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  remove(): Promise<void>;
}

export async function freshWorkspace(): Promise<Workspace> {
  const parent = await mkdtemp(path.join(await realpath(tmpdir()), 'multirun-test-'));
  // Its name is what VS Code shows.
  const folder = path.join(parent, 'workspace');
  await cp(fixture, folder, { recursive: true });
  return {
    folder,
    write: async (file, text) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    },
    read: (file) => readFile(path.join(folder, file), 'utf8'),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
