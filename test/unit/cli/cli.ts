import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** What the command line left behind. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that is running. */
export interface Cli {
  readonly child: ChildProcess;
  /** Resolves as soon as its standard output and error together hold this; rejects when they ended without. */
  said(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts the real command line as a process of its own, with pipes for its output. */
export function startCli(
  args: readonly string[],
  { cwd = process.cwd(), env = {} as NodeJS.ProcessEnv } = {},
): Cli {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
  return {
    child,
    ended,
    said(text) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (!`${output.stdout}\n${output.stderr}`.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(({ stdout, stderr }) =>
          reject(new Error(`it ended without "${text}":\n${stdout}\n${stderr}`)),
        );
      });
    },
  };
}

/** Runs the command line to its end. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return startCli(args, options).ended;
}
