import { readFile, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';

/**
 * Tells a process from every other that has, or will have, the same id: its start time, and on Linux the boot that it
 * belongs to. Undefined when there is no such process.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    if (stat === undefined) return undefined;
    // proc(5): the name stands in parentheses and may hold anything; the start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19]}`;
  }
  if (process.platform === 'win32') {
    const script = `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`;
    const { exitCode, stdout } = await execa('powershell', ['-NoProfile', '-Command', script], {
      reject: false,
    });
    return exitCode === 0 ? stdout?.trim() : undefined;
  }
  const { exitCode, stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    reject: false,
    env: { LC_ALL: 'C', TZ: 'UTC' },
  });
  return exitCode === 0 ? stdout?.trim() : undefined;
}

/**
 * Whether a run's process is still there. On Linux its environment says which run it is; elsewhere its start time has to
 * be the recorded one (`startedAt`, milliseconds since the epoch) within a few seconds.
 */
export async function isRunAlive(pid: number, runDirectory: string, startedAt: number): Promise<boolean> {
  const identity = await processIdentity(pid);
  if (identity === undefined) return false;
  if (process.platform === 'linux') {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const name = 'MULTIRUN_PARAMS=';
    const entry = environment.split('\0').find((candidate) => candidate.startsWith(name));
    return entry !== undefined && (await isSamePath(dirname(entry.slice(name.length)), runDirectory));
  }
  const started =
    process.platform === 'win32'
      ? Number(identity) / 1e4 - 11_644_473_600_000
      : Date.parse(`${identity} UTC`);
  return Math.abs(started - startedAt) < 3000;
}

/** Whether two paths lead to one place, symbolic links on the way included. */
async function isSamePath(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => undefined)));
  return first !== undefined && first === second;
}
