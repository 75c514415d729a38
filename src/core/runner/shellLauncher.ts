import type { Socket } from 'node:net';
import { setPriority } from 'node:os';
import { execa } from 'execa';
import type { Command, Exit, Launcher, LaunchListener } from './launcher.ts';
import { niceness } from './niceness.ts';
import { membersOf, type RunProcesses, signalRun } from './processGroup.ts';
import { quote } from './quote.ts';
import { runProcessorTime, shellTellsTimes } from './runProcessorTime.ts';

/*
 * A small resident shell starts the processes, because forking a small process is cheap and forking this one is not. It
 * reads one command at a time on its input, says "S run pid" and "E run code" on its output, and writes the `exit` file
 * itself, so that an exit code is kept even when nobody listens any more. How long all its children so far have been on
 * processors is read in /proc, or said by the shell before the end of a run.
 *
 * The traps keep the shell alive when a signal meant for its child, or the loss of its listener, reaches it; a trapped
 * signal is back at its default in the children. `set -m` gives each run a process group of its own where the shell can
 * do that without a terminal (bash; dash from 0.5.13); elsewhere the runs of one shell share the shell's group. After a
 * signal, or a stop, `wait` returns before the child has ended: then it waits again.
 */
const preamble = `trap : TERM INT HUP PIPE
set -m 2>/dev/null
case $- in *m*) echo "M own";; *) echo "M shared";; esac
ended() { echo "S $1 $!"; wait $!; x=$?; while [ $x -gt 128 ] && kill -0 $!; do sleep 1; wait $!; x=$?; done; echo $x >exit;${shellTellsTimes ? ' times;' : ''} echo "E $1 $x"; }
`;

/** The text that makes the resident shell start a command. */
export function commandLine({ run, directory, argv, env }: Command): string {
  const exports = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const words = argv.map(quote).join(' ');
  return `cd ${quote(directory)} && { { export ${exports.join(' ')}; exec ${words}; } >stdout.log 2>stderr.log </dev/null & ended ${run}; } || echo "E ${run} -"\n`;
}

/** What runs in the launcher now or ran last. */
interface Current {
  readonly command: Command;
  readonly listener: LaunchListener;
  readonly launchedAt: number;
  pid: number | undefined;
  over: boolean;
}
/** How a shell is started: which one, and by how much its runs yield to other processes. */
export interface ShellOptions {
  readonly shell?: string;
  readonly nice?: number;
}

/** A launcher around a resident POSIX shell. */
export function shellLauncher(
  env: Readonly<Record<string, string>>,
  { shell = '/bin/sh', nice = 0 }: ShellOptions = {},
): Launcher {
  const child = execa(shell, [], {
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    extendEnv: false,
    env,
    cwd: '/',
  });
  let alive = true;
  let ownGroup = false;
  let current: Current | undefined;
  const processorTime = runProcessorTime(child.pid);
  if (nice > 0 && child.pid !== undefined) setPriority(child.pid, niceness(nice));

  function onLine(line: string): void {
    if (processorTime.hear(line)) return;
    const [kind, id, value] = line.split(' ');
    if (kind === 'M') ownGroup = id === 'own';
    if (!current || current.over || Number(id) !== current.command.run) return;
    if (kind === 'S') {
      current.pid = Number(value);
      current.listener.started(current.pid);
    } else if (kind === 'E') {
      end(
        value === '-'
          ? {
              kind: 'not-launched',
              message: `cannot enter the run directory ${current.command.directory}`,
            }
          : { kind: 'code', code: Number(value), cpuMs: processorTime.end() },
      );
    }
  }

  function end(exit: Exit): void {
    if (!current || current.over) return;
    current.over = true;
    current.listener.ended(exit);
  }

  let rest = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  function gone(): void {
    alive = false;
    end(
      current?.pid === undefined
        ? { kind: 'not-launched', message: `the shell ${shell} ended, or could not be started` }
        : { kind: 'lost' },
    );
  }
  child.stdout.on('close', gone);
  // A write to a shell that has gone fails here; `close` above tells what follows from it.
  child.stdin.on('error', gone);
  // reject: false, so this only resolves; a failed spawn (no such shell) is told by `close` as well.
  void child.then(({ originalMessage }) => {
    if (child.pid === undefined) end({ kind: 'not-launched', message: `${shell}: ${originalMessage}` });
    gone();
  });
  child.stdin.write(preamble);

  function processes(): RunProcesses | undefined {
    if (current === undefined || child.pid === undefined) return undefined;
    const { pid, launchedAt, command } = current;
    // A shell that is gone may have started the process without a word of it.
    if (pid === undefined && alive) return undefined;
    return {
      leader: pid ?? -1,
      group: ownGroup && pid !== undefined ? pid : child.pid,
      marker: `MULTIRUN_PARAMS=${command.env.MULTIRUN_PARAMS}`,
      ageMs: () => performance.now() - launchedAt,
    };
  }

  return {
    launch(command, listener) {
      const text = commandLine(command);
      current = { command, listener, launchedAt: performance.now(), pid: undefined, over: false };
      if (!alive) gone();
      else child.stdin.write(text);
      processorTime.begin();
    },
    async signal(signal) {
      const run = processes();
      return run === undefined ? [] : signalRun(run, signal);
    },
    members(table) {
      const run = processes();
      return run === undefined ? [] : membersOf(run, table);
    },
    pid: child.pid,
    get alive() {
      return alive;
    },
    close() {
      child.stdin.end();
      // A shell whose run goes on, since the sweep was left, keeps nobody waiting.
      child.nodeChildProcess.unref();
      (child.stdout as Socket).unref();
    },
  };
}
