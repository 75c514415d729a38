import { systemCode } from '../errors.ts';
import type { PauseReason } from '../pauseReason.ts';
import type { Policy } from '../policy.ts';
import { availableMemory } from './system/availableMemory.ts';
import { defaultMinFreeDisk, diskSpace } from './system/freeDisk.ts';
import { currentLoad, loadLimit } from './system/load.ts';
import type { SystemPlaces } from './system/places.ts';

/** Looks whether the machine has room for another run; says why not. */
export type Guard = () => PauseReason | undefined;

/** The guards that a sweep's policy asks for. What a system does not tell guards nothing. */
export function makeGuards(
  policy: Pick<Policy, 'minFreeDiskBytes' | 'minFreeMemoryBytes' | 'maxLoad'>,
  directory: string,
  places: SystemPlaces,
): Guard[] {
  const guards: Guard[] = [];
  const { minFreeDiskBytes, minFreeMemoryBytes, maxLoad } = policy;
  if (minFreeDiskBytes !== 0) guards.push(() => diskGuard(directory, minFreeDiskBytes));
  if (minFreeMemoryBytes) guards.push(() => memoryGuard(minFreeMemoryBytes, places));
  if (maxLoad !== null) guards.push(() => loadGuard(loadLimit(maxLoad), places));
  return guards;
}

function diskGuard(directory: string, limit: number | null): PauseReason | undefined {
  try {
    const { freeBytes, totalBytes } = diskSpace(directory);
    const limitBytes = limit ?? defaultMinFreeDisk(totalBytes);
    return freeBytes < limitBytes ? { kind: 'disk', freeBytes, limitBytes } : undefined;
  } catch (error) {
    // A directory that is gone is told by whoever prepares the next run in it.
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

function memoryGuard(limitBytes: number, places: SystemPlaces): PauseReason | undefined {
  const availableBytes = availableMemory(places);
  return availableBytes !== undefined && availableBytes < limitBytes
    ? { kind: 'memory', availableBytes, limitBytes }
    : undefined;
}

function loadGuard(limit: number, places: SystemPlaces): PauseReason | undefined {
  const load = currentLoad(places);
  return load !== undefined && load >= limit ? { kind: 'load', load, limit } : undefined;
}
