import { statfs } from 'node:fs/promises';
import type { RunEnvironment } from '../runEnvironment.ts';

/** File systems of one machine, by the magic numbers of Linux: ext, XFS, Btrfs, tmpfs, overlayfs, ZFS. */
const local: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1,
]);

/** A network file system may show a file that a node has written only when what it remembers of the directory is old. */
const sharedMs = 90_000;
const localMs = 2000;

/**
 * How long to wait for files of a task that the cluster has no more, before a run of it is given up, in ms. The variable
 * MULTIRUN_SLURM_GRACE_MS says otherwise.
 */
export async function fileGraceMs(directory: string, env: RunEnvironment): Promise<number> {
  const given = Number(env.MULTIRUN_SLURM_GRACE_MS);
  if (given > 0) return given;
  const { type } = await statfs(directory);
  return local.has(type) ? localMs : sharedMs;
}
