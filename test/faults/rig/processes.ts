import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The living processes that work in a directory, or name it on their command line or in their environment; not this one. */
export function processesOf(directory: string): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter(
    (pid) => pid !== process.pid && tracesOf(pid).some((trace) => trace.includes(directory)),
  );
}

function tracesOf(pid: number): string[] {
  try {
    // A zombie has ended, and whether it is waited for is its parent's affair.
    if (/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return [];
    return [
      readlinkSync(`/proc/${pid}/cwd`),
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      readFileSync(`/proc/${pid}/environ`, 'utf8'),
    ];
  } catch {
    // It ended while we looked.
    return [];
  }
}

/** The processes that remain of a directory when what is ending has had `patienceMs` to end. */
export async function orphansOf(directory: string, patienceMs = 5000): Promise<number[]> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const living = processesOf(directory);
    if (living.length === 0 || performance.now() > giveUpAt) return living;
    await delay(20);
  }
}
