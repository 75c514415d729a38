import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const carrier = fileURLToPath(new URL('./carrier.ts', import.meta.url));

/** A process that carries a sweep. */
export interface Carrying {
  readonly process: ChildProcess & { readonly pid: number };
  /** Resolves, when it has ended, to its exit code or the signal that ended it, and what it wrote to stderr. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

/** What {@link carry} may be told. */
export interface CarryingOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What Node is told, before the program. */
  readonly node?: readonly string[];
  readonly uid?: number;
}

/** Starts a process that carries a sweep (see carrier.ts for its arguments); resolves when it begins. */
export async function carry(
  args: readonly string[],
  { env = {}, node = [], uid }: CarryingOptions = {},
): Promise<Carrying> {
  const child = spawn(process.execPath, [...node, carrier, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }));
  await Promise.race([once(child.stdout, 'data'), ended]);
  return { process: child as Carrying['process'], ended };
}
