/**
 * VS Code without a desktop: VS Code's own server, whose window is a web page.
 *
 *     const server = await startServer({ data, extension });
 *     await page.goto(server.url({ folder }));
 *     await server.stop();
 *
 * `stop` ends every process that the server started. So does the end of this process, however it comes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { currentServer, ensureVSCodeServer } from '../lib/vscodeServer.mjs';
import { openFrontDoor, type Window } from './frontDoor.ts';
import { installExtension } from './installExtension.ts';

export interface ServerOptions {
  /** Folder for settings, state and logs; made when it does not exist. */
  readonly data: string;
  /** An extension to install: a .vsix file, or the folder of a built one. */
  readonly extension?: string;
  /**
   * Lets a window load an extension from where it is, and run a test suite in the extension host. VS Code then shows no
   * notifications, so this is nothing for a person.
   */
  readonly automation?: boolean;
  /** The code-server version to take VS Code from. */
  readonly version?: string;
  /** User settings beside {@link quietSettings}, for a `data` folder that has none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** With `true` VS Code asks for each folder whether it is trusted, as it does on a desktop. */
  readonly workspaceTrust?: boolean;
  /** The port to open; when it is taken, or none is given, any free one. */
  readonly port?: number;
  /** What the server's short address shows. */
  readonly home?: Window;
}

export interface Server {
  /** The address of a window; without one, of the `home` window. */
  url(window?: Window): string;
  stop(): Promise<void>;
}

/** Settings that keep what has nothing to do with the extension out of a newcomer's and a test's way. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const startTimeout = 60_000;
const stopTimeout = 5_000;

/**
 * The server runs under a shell that also waits for its standard input to close. That happens when we stop the server and
 * when this process ends, even by SIGKILL; then the shell ends its whole process group. It gives its own output away so that
 * the output's end means the server's end.
 */
const leash = '"$@" </dev/null & exec >&- 2>&-; read -r stop; kill -TERM -$$; sleep 2; kill -KILL -$$';

export async function startServer(options: ServerOptions): Promise<Server> {
  const { node, main } = await ensureVSCodeServer(options.version ?? currentServer);
  await writeSettings(options);
  if (options.extension) await installExtension(options.extension, extensionsFolder(options), { node, main });
  const socketFolder = await mkdtemp(path.join(tmpdir(), 'multirun-vscode-'));
  const socket = path.join(socketFolder, 'socket');
  const child = spawn(
    '/bin/sh',
    ['-c', leash, 'vscode-server', node, main, ...serverArguments(options, socket)],
    {
      detached: true,
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stopServer = async () => {
    await stopGroup(child, ended);
    await rm(socketFolder, { recursive: true, force: true });
  };
  try {
    await untilReady(child);
    const door = await openFrontDoor(socket, options.port, options.home);
    const stop = async () => {
      door.close();
      await stopServer();
    };
    return { url: door.url, stop };
  } catch (error) {
    await stopServer();
    throw error;
  }
}

function extensionsFolder({ data }: ServerOptions): string {
  return path.join(data, 'extensions');
}

function serverArguments(options: ServerOptions, socket: string): string[] {
  return [
    ...['--socket-path', socket, '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', options.data, '--extensions-dir', extensionsFolder(options)],
    ...['--telemetry-level', 'off'],
    ...(options.automation ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
}

/** Settings that are there already are a person's own by now. */
async function writeSettings({ data, settings }: ServerOptions): Promise<void> {
  const file = path.join(data, 'data', 'User', 'settings.json');
  if (existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...quietSettings, ...settings }, null, 2)}\n`);
}

/** Started from a terminal of VS Code, the server would take that VS Code's variables for its own. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('VSCODE_') && !name.startsWith('ELECTRON_'),
    ),
  );
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (what: string) => reject(new Error(`VS Code's server ${what}. It printed:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${startTimeout / 1000} s`), startTimeout);
    const read = (chunk: string) => {
      if (output.length < 100_000) output += chunk;
      if (!output.includes('Extension host agent started')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.setEncoding('utf8').on('data', read);
    child.stderr?.setEncoding('utf8').on('data', read);
    child.stdout?.once('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(signalGroup, stopTimeout, child.pid, 'SIGKILL');
  await ended;
  clearTimeout(timer);
  // The server has ended; what it started and did not end in time goes now.
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
