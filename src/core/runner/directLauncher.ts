import { closeSync, openSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { runNames } from '../sweepDirectory/layout.ts';
import type { Exit, Launcher } from './launcher.ts';
import { signalGroup } from './processGroup.ts';

/**
 * A launcher that starts each process directly, for systems without a POSIX shell. An exit code is recorded only while
 * this process lives to see it.
 */
export function directLauncher(env: Readonly<Record<string, string>>): Launcher {
  let pid: number | undefined;
  return {
    launch(command, listener) {
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
      pid = child.pid;
      if (pid !== undefined) listener.started(pid);
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
      if (pid === undefined) return false;
      if (process.platform !== 'win32') return signalGroup(pid, signal);
      return signalWindowsTree(pid, signal);
    },
    pid: undefined,
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

async function signalWindowsTree(pid: number, signal: NodeJS.Signals | 0): Promise<boolean> {
  if (signal === 0) {
    const { stdout } = await execa('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { reject: false });
    return stdout?.includes(String(pid)) ?? false;
  }
  // Console programs do not understand a polite request on Windows: the tree is ended at once.
  const { exitCode } = await execa('taskkill', ['/PID', String(pid), '/T', '/F'], { reject: false });
  return exitCode === 0;
}
