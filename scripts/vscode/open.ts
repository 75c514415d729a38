/**
 * Opens VS Code with the extension on the examples and tells what to do there: the desktop one where it is installed,
 * otherwise VS Code's server, which runs until it is stopped.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root, windows } from '../lib/paths.mjs';
import { startServer } from './server.ts';

const preferredPort = 7117;

const whatToDo = `
  In the Explorer, right click on a file that ends with sweep.yaml and choose “Run Sweep”.
  Then see its runs under the Multirun icon in the activity bar, and its progress in the status bar.
`;

const { values } = parseArgs({
  options: { embedded: { type: 'boolean', default: false }, port: { type: 'string' } },
});
const examples = path.join(root, 'examples');

const desktop = values.embedded || values.port !== undefined ? undefined : desktopCode();
if (desktop) openDesktop(desktop);
else await openEmbedded(portFrom(values.port));

/** The `code` command, unless it cannot open a window here with this extension. */
function desktopCode(): string | undefined {
  const { env, platform, getuid } = process;
  const noDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  // In a remote terminal of VS Code, `code` is another command that cannot load an extension under development.
  const isRemote = env.VSCODE_IPC_HOOK_CLI !== undefined || env.WSL_DISTRO_NAME !== undefined;
  if (noDisplay || isRemote || getuid?.() === 0) return undefined;
  const { stdout } = spawnSync('code', ['--version'], { encoding: 'utf8', shell: windows });
  const version = /^(\d+)\.(\d+)/.exec(stdout ?? '');
  if (!version) return undefined;
  const [oldestMajor, oldestMinor] = oldestVSCode();
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return 'code';
  console.log(
    `The installed VS Code ${version[0]} is older than ${oldestMajor}.${oldestMinor}, so another one is used.`,
  );
  return undefined;
}

function oldestVSCode(): [number, number] {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = engines.vscode.replace('^', '').split('.').map(Number);
  return [major, minor];
}

function openDesktop(code: string): void {
  const quote = (argument: string) => (windows ? `"${argument}"` : argument);
  const codeArguments = [`--extensionDevelopmentPath=${root}`, '--disable-workspace-trust', examples].map(
    quote,
  );
  const { status } = spawnSync(code, codeArguments, { stdio: 'inherit', shell: windows });
  if (status === 0) console.log(`\nVS Code opens on ${examples}.\n${whatToDo}`);
  process.exitCode = status ?? 1;
}

function portFrom(value: string | undefined): number {
  const port = Number(value ?? preferredPort);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  console.error(`--port ${value} is no port. Give a number from 1 to 65535.`);
  process.exit(1);
}

async function openEmbedded(port: number): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const server = await startServer({
    data: path.join(root, '.vscode-test', 'user-data'),
    port,
    extension: root,
    home: { folder: examples },
  });
  console.log(`\nVS Code runs at\n\n    ${server.url()}\n\nOpen this address in a browser.\n${whatToDo}`);
  console.log('Stop it with Ctrl-C.\n');
  await stopped;
  await server.stop();
  console.log('VS Code has stopped.');
}
