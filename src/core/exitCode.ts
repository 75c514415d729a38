import { constants } from 'node:os';
import type { Failure } from './failure.ts';

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * What an exit code means, as shells and their users write it: above 128 it is a signal's number plus 128. Undefined for
 * success.
 */
export function failureOfCode(code: number): Failure | undefined {
  if (code === 0) return undefined;
  const signal = signalNames.get(code - 128);
  return signal === undefined ? { reason: 'exit-code', code } : { reason: 'signal', signal };
}
