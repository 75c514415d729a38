import { createHash } from 'node:crypto';
import { valueKey } from './params.ts';
import type { ParamMap } from './run.ts';

/** What a run is known by in a sweep that changes: the same for the same parameters, in whatever order they are written. */
export function runHash(params: ParamMap): string {
  return createHash('sha256').update(valueKey(params)).digest('base64url');
}
