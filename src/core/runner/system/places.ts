import { readFileSync } from 'node:fs';
import { systemCode } from '../../errors.ts';

/** Where the kernel tells of itself. Tests give other places. */
export interface SystemPlaces {
  /** Default `/proc`. */
  readonly proc: string;
  /** Default `/sys/fs/cgroup`. */
  readonly cgroups: string;
  /** The kernel's log. Default `/dev/kmsg`. */
  readonly kernelLog: string;
}

/** The places of Linux; on other systems there is nothing there. */
export const systemPlaces: SystemPlaces = {
  proc: '/proc',
  cgroups: '/sys/fs/cgroup',
  kernelLog: '/dev/kmsg',
};

/** What the kernel answers where there is no such file any more, or none for us. */
const absent: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  // A process that ends, and a cgroup that goes.
  'ESRCH',
  'ENODEV',
]);

/** The text of a file of the kernel; undefined where there is none, or none that we may read. */
export function readSystemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (absent.has(systemCode(error))) return undefined;
    throw error;
  }
}
