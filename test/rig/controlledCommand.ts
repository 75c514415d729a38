import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processIdentity } from '../../src/core/sweepDirectory/processIdentity.ts';

/*
 * A program whose every step is the test's: each process that is started from `cmd` says hello on a socket and then waits
 * for orders.
 *
 *     await using program = await controlledCommand();
 *     const sweep = await multirunAsync({ cmd: [...program.cmd, '${x}'], … });
 *     const first = await program.next();
 *     first.exit(3);
 */

/** One process that was started. */
export interface Invocation {
  readonly pid: number;
  readonly cwd: string;
  /** What followed `cmd` on its command line. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Ends it with this exit code. */
  exit(code: number): void;
  /** Writes to one of its logs; resolves when the text is out. */
  print(stream: 'stdout' | 'stderr', text: string): Promise<void>;
  /** From now on SIGTERM does nothing but tell {@link Invocation.sigterm}. */
  ignoreSigterm(): Promise<void>;
  /** Resolves at the next SIGTERM that it ignores. */
  sigterm(): Promise<void>;
  /** Starts a grandchild, which says hello like any other; `detached` takes it out of the process group. */
  spawn(options?: { readonly args?: readonly string[]; readonly detached?: boolean }): Promise<void>;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

/** A program under the test's control. */
export interface ControlledCommand extends AsyncDisposable {
  /** Starts it; more arguments may follow. */
  readonly cmd: readonly string[];
  /** The next process that says hello, in the order of their hellos. */
  next(): Promise<Invocation>;
  /** How many processes have said hello so far. */
  readonly count: number;
}

/** Makes a program under the test's control; disposing of it ends every process that still runs. */
export async function controlledCommand(): Promise<ControlledCommand> {
  const directory = await mkdtemp(join(tmpdir(), 'multirun-rig-'));
  const socketPath = join(directory, 'socket');
  const arrived: Invocation[] = [];
  const asked: ((invocation: Invocation) => void)[] = [];
  const sockets = new Set<Socket>();
  let count = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A process that is killed resets its connection.
    socket.on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    const done: (() => void)[] = [];
    const sigterms: (() => void)[] = [];
    const order = (message: unknown) => void socket.write(`${JSON.stringify(message)}\n`);
    const orderAndWait = (message: unknown) =>
      new Promise<void>((resolve) => {
        done.push(resolve);
        order(message);
      });
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line);
      if (message.type === 'done') done.shift()?.();
      if (message.type === 'sigterm') for (const resolve of sigterms.splice(0)) resolve();
      if (message.type !== 'hello') return;
      const invocation: Invocation = {
        pid: message.pid,
        cwd: message.cwd,
        args: message.args,
        env: message.env,
        gone: closed.then(() => ended(message.pid)),
        exit: (code) => order({ type: 'exit', code }),
        print: (stream, text) => orderAndWait({ type: 'print', stream, text }),
        ignoreSigterm: () => orderAndWait({ type: 'ignoreSigterm' }),
        sigterm: () => new Promise((resolve) => sigterms.push(resolve)),
        spawn: ({ args = [], detached = false } = {}) => orderAndWait({ type: 'spawn', args, detached }),
      };
      count++;
      const ask = asked.shift();
      if (ask) ask(invocation);
      else arrived.push(invocation);
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));

  return {
    cmd: [process.execPath, fileURLToPath(new URL('./controlled.mjs', import.meta.url)), socketPath],
    next() {
      const invocation = arrived.shift();
      return invocation ? Promise.resolve(invocation) : new Promise((resolve) => asked.push(resolve));
    },
    get count() {
      return count;
    },
    async [Symbol.asyncDispose]() {
      // A process whose connection ends exits.
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The kernel closes what a process has open a moment before the process itself is gone, of which nothing tells. */
async function ended(pid: number): Promise<void> {
  while ((await processIdentity(pid)) !== undefined) await nextTurn();
}
