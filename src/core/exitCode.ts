import { constants } from 'node:os';
import type { Failure } from './failure.ts';

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * What an exit code means, as shells and their users write it: above 128 it is a signal's number plus 128. Undefined for
 * success. `answers` are the codes that a sweep takes for results: these besides 0, or all but those by which a shell
 * tells that it could not start a program (126, 127) or that a signal ended it.
 */
export function failureOfCode(
  code: number,
  answers: true | readonly number[] | null = null,
): Failure | undefined {
  if (code === 0) return undefined;
  if (answers !== null && answers !== true && answers.includes(code)) return undefined;
  const signal = signalNames.get(code - 128);
  if (answers === true && signal === undefined && code !== 126 && code !== 127) return undefined;
  return signal === undefined ? { reason: 'exit-code', code } : { reason: 'signal', signal };
}
