import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that a test can fill. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  at(...parts: string[]): string;
  /** Writes until nothing more fits, or no more than so many bytes. */
  fill(leave?: number): void;
  /** Takes back what {@link SmallDisk.fill} wrote. */
  empty(): void;
}

/** Whether this machine lets us mount one: on Linux, as root, where a container does not forbid it. */
export function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['-m', 'true']).status === 0;
}

/** Mounts a disk of so many bytes; it is gone after the test: `await using disk = await smallDisk(1e6)`. */
export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'multirun-disk-'));
  run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'multirun-test', path]);
  const filler = join(path, 'filler');
  return {
    path,
    at: (...parts) => join(path, ...parts),
    fill(leave = 0) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
    },
    empty: () => rmSync(filler),
    async [Symbol.asyncDispose]() {
      run('umount', ['-l', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
