import { statfsSync } from 'node:fs';

/** Space on a disk, in bytes. */
export interface DiskSpace {
  /** What an ordinary user may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The space on the disk that holds a directory. Throws what the system says when there is no such directory. */
export function diskSpace(directory: string): DiskSpace {
  const { bavail, blocks, bsize } = statfsSync(directory);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Little enough to be in nobody's way, and enough to finish what runs: 500 MB, or 5 % of a small disk. */
export function defaultMinFreeDisk(totalBytes: number): number {
  return Math.min(500e6, Math.round(totalBytes * 0.05));
}
