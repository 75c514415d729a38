import { closeSync, openSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { runNames } from '../sweepDirectory/layout.ts';
import type { Exit, Launcher } from './launcher.ts';
import { niceness } from './niceness.ts';
import { membersOf, type RunProcesses, signalRun } from './processGroup.ts';

/**
 * A launcher that starts each process directly, for systems without a POSIX shell. An exit code is recorded only while
 * this process lives to see it. Processes yield to others by `nice`.
 */
export function directLauncher(env: Readonly<Record<string, string>>, nice = 0): Launcher {
  let current: RunProcesses | undefined;
  return {
    launch(command, listener) {
      current = undefined;
      const [file = '', ...args] = command.argv;
      const stdout = openSync(join(command.directory, runNames.stdout), 'w');
      const stderr = openSync(join(command.directory, runNames.stderr), 'w');
      const child = execa(file, args, {
        cwd: command.directory,
        env: { ...env, ...command.env },
        extendEnv: false,
        detached: process.platform !== 'win32',
        windowsHide: true,
        cleanup: false,
        buffer: false,
        reject: false,
        stdin: 'ignore',
        // Any descriptor will do; the types only know small ones.
        stdout: stdout as 3,
        stderr: stderr as 3,
      });
      closeSync(stdout);
      closeSync(stderr);
      const { pid } = child;
      if (pid !== undefined) {
        const launchedAt = performance.now();
        const marker = `MULTIRUN_PARAMS=${command.env.MULTIRUN_PARAMS}`;
        current = { leader: pid, group: pid, marker, ageMs: () => performance.now() - launchedAt };
        if (nice > 0) setPriority(pid, niceness(nice));
        listener.started(pid);
      }
      void child.then((result) => {
        const exit = exitOf(result);
        try {
          if (exit.kind === 'code') writeFileSync(join(command.directory, runNames.exit), `${exit.code}\n`);
        } finally {
          listener.ended(exit);
        }
      });
    },
    async signal(signal) {
      if (current === undefined) return [];
      if (process.platform === 'win32') return signalWindowsTree(current.leader, signal);
      return signalRun(current, signal);
    },
    pid: undefined,
    members: (table) => (current === undefined ? [] : membersOf(current, table)),
    alive: true,
    close() {},
  };
}

function exitOf(result: {
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly originalMessage?: string | undefined;
}): Exit {
  if (result.exitCode !== undefined) return { kind: 'code', code: result.exitCode };
  if (result.signal !== undefined) return { kind: 'code', code: 128 + constants.signals[result.signal] };
  return { kind: 'spawn-error', message: result.originalMessage ?? 'the process could not be started' };
}

async function signalWindowsTree(pid: number, signal: NodeJS.Signals | 0): Promise<number[]> {
  if (signal === 0) {
    const { stdout } = await execa('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { reject: false });
    return stdout?.includes(String(pid)) ? [pid] : [];
  }
  // Console programs do not understand a polite request on Windows: the tree is ended at once.
  const { exitCode } = await execa('taskkill', ['/PID', String(pid), '/T', '/F'], { reject: false });
  return exitCode === 0 ? [pid] : [];
}
