import { execa } from 'execa';
import type { Command, Exit, Launcher, LaunchListener } from './launcher.ts';
import { signalGroup, signalMembers } from './processGroup.ts';
import { quote } from './quote.ts';

/*
 * A small resident shell starts the processes, because forking a small process is cheap and forking this one is not. It
 * reads one command at a time on its input, says "S run pid" and "E run code" on its output, and writes the `exit` file
 * itself, so that an exit code is kept even when nobody listens any more.
 *
 * The traps keep the shell alive when a signal meant for its child, or the loss of its listener, reaches it; a trapped
 * signal is back at its default in the children. `set -m` gives each run a process group of its own where the shell can
 * do that without a terminal (bash; dash from 0.5.13); elsewhere the runs of one shell share the shell's group. After a
 * signal, or a stop, `wait` returns before the child has ended: then it waits again.
 */
const preamble = `trap : TERM INT HUP PIPE
set -m 2>/dev/null
case $- in *m*) echo "M own";; *) echo "M shared";; esac
ended() { echo "S $1 $!"; wait $!; x=$?; while [ $x -gt 128 ] && kill -0 $!; do sleep 1; wait $!; x=$?; done; echo $x >exit; echo "E $1 $x"; }
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

/** A launcher around a resident POSIX shell. */
export function shellLauncher(env: Readonly<Record<string, string>>, shell = '/bin/sh'): Launcher {
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

  function onLine(line: string): void {
    const [kind, id, value] = line.split(' ');
    if (kind === 'M') ownGroup = id === 'own';
    if (!current || current.over || Number(id) !== current.command.run) return;
    if (kind === 'S') {
      current.pid = Number(value);
      current.listener.started(current.pid);
    } else if (kind === 'E') {
      end(
        value === '-'
          ? { kind: 'spawn-error', message: `cannot enter the run directory ${current.command.directory}` }
          : { kind: 'code', code: Number(value) },
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
    end({ kind: 'lost' });
  }
  child.stdout.on('close', gone);
  // A write to a shell that has gone fails here; `close` above tells what follows from it.
  child.stdin.on('error', gone);
  // reject: false, so this only resolves; a failed spawn (no such shell) is told by `close` as well.
  void child.then(gone);
  child.stdin.write(preamble);

  return {
    launch(command, listener) {
      const text = commandLine(command);
      current = { command, listener, launchedAt: Date.now(), pid: undefined, over: false };
      if (!alive) end({ kind: 'lost' });
      else child.stdin.write(text);
    },
    async signal(signal) {
      if (current?.pid === undefined) return false;
      if (ownGroup) return signalGroup(current.pid, signal);
      return signalMembers(
        {
          group: child.pid ?? 0,
          leader: current.pid,
          marker: `MULTIRUN_PARAMS=${current.command.env.MULTIRUN_PARAMS}`,
          since: current.launchedAt,
        },
        signal,
      );
    },
    pid: child.pid,
    get alive() {
      return alive;
    },
    close() {
      child.stdin.end();
    },
  };
}
