import { readSystemFile } from '../../systemFile.ts';
import { type MemoryCgroups, memoryCgroups } from './cgroup.ts';
import type { SystemPlaces } from './places.ts';

/**
 * Memory that a new process could have without anything being swapped out, in bytes: what the machine has available
 * (MemAvailable), or what the limits of a container or a cgroup leave of it, whichever is less. Memory that only caches
 * files counts as available. Undefined where the system does not tell.
 */
export function availableMemory(places: SystemPlaces): number | undefined {
  const meminfo = readSystemFile(`${places.proc}/meminfo`);
  const kibibytes = meminfo && /^MemAvailable:\s*(\d+) kB$/m.exec(meminfo)?.[1];
  // Elsewhere libuv knows a number, if not such a good one.
  if (!kibibytes) return process.platform === 'linux' ? undefined : process.availableMemory();
  const cgroups = memoryCgroups(places);
  return Math.min(Number(kibibytes) * 1024, ...(cgroups ? leftIn(cgroups) : []));
}

/** What each limit leaves, in bytes. */
function leftIn({ version, directories }: MemoryCgroups): number[] {
  const [limitFile, usageFile, cacheEntry] =
    version === 2
      ? ['memory.max', 'memory.current', 'inactive_file']
      : ['memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file'];
  return directories.flatMap((directory) => {
    const limit = Number.parseInt(readSystemFile(`${directory}/${limitFile}`) ?? '', 10);
    const usage = Number.parseInt(readSystemFile(`${directory}/${usageFile}`) ?? '', 10);
    // "max", or no such file: the root has none.
    if (Number.isNaN(limit) || Number.isNaN(usage)) return [];
    const stat = readSystemFile(`${directory}/memory.stat`) ?? '';
    const cache = Number(new RegExp(`^${cacheEntry} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
    return [Math.max(0, limit - Math.max(0, usage - cache))];
  });
}
