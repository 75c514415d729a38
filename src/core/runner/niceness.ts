import { getPriority } from 'node:os';

/** The priority of a process that yields to others by so much more than this process does, as nice(1) has it. */
export function niceness(nice: number): number {
  return Math.min(19, getPriority() + nice);
}
