import { availableParallelism, loadavg } from 'node:os';
import type { MaxLoad } from '../../policy.ts';
import { readSystemFile } from '../../systemFile.ts';
import type { SystemPlaces } from './places.ts';

/**
 * How many processes and threads run or wait for a processor at this moment, this one left out, as GNU make and GNU
 * parallel count; undefined where the system does not tell. Elsewhere than on Linux it is the load average of the last
 * minute, which knows of a start only a while later.
 */
export function currentLoad({ proc }: SystemPlaces): number | undefined {
  const running = /^(?:\S+ ){3}(\d+)\//.exec(readSystemFile(`${proc}/loadavg`) ?? '')?.[1];
  if (running !== undefined) return Math.max(0, Number(running) - 1);
  return process.platform === 'linux' || process.platform === 'win32' ? undefined : loadavg()[0];
}

/** A limit as a number of processes on this machine. */
export function loadLimit(limit: MaxLoad): number {
  return 'load' in limit ? limit.load : (availableParallelism() * limit.percentOfProcessors) / 100;
}
