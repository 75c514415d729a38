import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program of the command line. */
export const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

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

/** Python has what Node lacks: a terminal that a program runs in. */
const terminal = `
import os, pty, sys
prompt, answer = [word.encode() for word in sys.argv[1:3]]
asked = []
def read(fd):
    data = os.read(fd, 4096)
    if prompt in data and not asked:
        asked.append(True)
        os.write(fd, answer)
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn(["sh", "-c", 'stty cols 120 rows 24; exec "$@"', "sh", *sys.argv[3:]], read, lambda fd: b"")))
`;

/** Runs the command line in a terminal of its own, and answers its question: once, when the prompt appears. */
export function inTerminal(
  args: readonly string[],
  cwd: string,
  answer: string,
  prompt = '[y/N]',
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const child = spawn('python3', ['-c', terminal, prompt, answer, process.execPath, main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output }));
  });
}
