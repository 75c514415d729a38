// VS Code without a desktop: npm's code-server carries VS Code's own server, workbench and extension host. It is 600 MB and
// takes two to four minutes to install, so it lives in the user's cache directory, by version, for all clones.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { npm, runQuietly } from './child.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { cacheFolder, windows, withPath } from './paths.mjs';
import { Failure, withProgress } from './say.mjs';

/** The code-server that `npm start` and `npm test` use: VS Code 1.139. */
export const currentServer = '4.139.1';
/** The code-server with the oldest VS Code that `engines.vscode` allows: 1.103. */
export const oldestServer = '4.103.2';

/** Each code-server runs on exactly the Node that its VS Code ships with; its native modules are compiled for that one. */
const nodeVersions = { [currentServer]: '24.21.0', [oldestServer]: '22.23.3' };

/** The program behind VS Code's search, contained in its package. */
const ripgrep = '@vscode/ripgrep-universal@1.18.0';

/** What compiling code-server's native modules asks of the machine. */
export const buildPackages = ['build-essential', 'libkrb5-dev', 'python3'];

/**
 * Makes sure that VS Code's server is installed and returns where it is: `node`, the Node to run it with, and `main`, the
 * server's entry point.
 */
export async function ensureVSCodeServer(version = currentServer) {
  const folder = path.join(cacheFolder(), `code-server-${version}`);
  if (!existsSync(folder)) await install(version, folder);
  return locate(folder);
}

function locate(folder) {
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  return {
    node: path.join(folder, 'node_modules', nodePackage(), 'bin', 'node'),
    vscode,
    main: path.join(vscode, 'out', 'server-main.js'),
  };
}

/** The npm package that holds Node for this machine, with the headers that native modules are compiled against. */
function nodePackage() {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}

async function install(version, folder) {
  const nodeVersion = nodeVersions[version];
  if (nodeVersion === undefined)
    throw new Failure(`code-server ${version} is not known to scripts/lib/vscodeServer.mjs.`);
  if (windows) {
    throw new Failure(
      'The embedded VS Code runs on Linux and macOS only. Install VS Code, with `code` on PATH, and try again.',
    );
  }
  await ensureDebianPackages(buildPackages);

  // Everything happens in a folder of our own beside the final one. Only a finished and tried installation is renamed.
  const temporary = `${folder}.installing-${hostname()}-${process.pid}`;
  await removeAbandoned(folder);
  try {
    await withProgress(`Installing VS Code's server ${version} (two to four minutes, once)`, async () => {
      await installInto(temporary, version, nodeVersion);
      await moveInto(folder, temporary);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function installInto(folder, version, nodeVersion) {
  const { node, vscode, main } = locate(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'multirun-vscode-server', private: true }),
  );
  // `npm test` says here which Node runs npm itself, and code-server's install script would believe it.
  const { npm_config_user_agent: _, ...inherited } = withPath(path.dirname(node));
  const env = {
    ...inherited,
    // node-gyp would otherwise download headers, or take those of another Node.
    npm_config_nodedir: path.join(folder, 'node_modules', nodePackage()),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    // Newer npm runs no package's install script without this, or a list that VS Code's own package.json does not have.
    npm_config_dangerously_allow_all_scripts: 'true',
    // The older code-server refuses to be installed by root without this.
    npm_config_unsafe_perm: 'true',
    // node-pty's install script has npx fetch node-gyp, and nobody is there to say yes.
    npm_config_yes: 'true',
  };
  await npm(['install', `${nodePackage()}@${nodeVersion}`], { cwd: folder });
  await npm(['install', '--ignore-scripts', `code-server@${version}`, ripgrep], { cwd: folder, env });
  await npm(['install', '--ignore-scripts', '--omit=dev'], { cwd: vscode, env });
  await provideRipgrep(folder, vscode);
  await npm(['rebuild'], { cwd: vscode, env });
  await npm(['rebuild', 'code-server'], { cwd: folder, env });
  // Native modules that were not compiled show only when VS Code needs them, so they are asked for now.
  const nativeModules = "for (const name of ['node-pty', '@vscode/spdlog', '@parcel/watcher']) require(name)";
  await runQuietly(node, ['-e', nativeModules], { cwd: vscode });
  await runQuietly(node, [main, '--version'], { cwd: folder });
}

/**
 * Older VS Codes have a ripgrep package that downloads its program when it is installed, unless the program is there; the newer
 * package contains it.
 */
async function provideRipgrep(folder, vscode) {
  const older = path.join(vscode, 'node_modules', '@vscode', 'ripgrep');
  if (!existsSync(older)) return;
  const contained = path.join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  await cp(path.join(contained, `${process.platform}-${process.arch}`), path.join(older, 'bin'), {
    recursive: true,
  });
}

async function moveInto(folder, temporary) {
  try {
    await rename(temporary, folder);
  } catch (error) {
    // Another installer was first: its installation is as good as ours.
    if (!existsSync(folder)) throw error;
  }
}

/** Removes what interrupted installations on this machine left behind. */
async function removeAbandoned(folder) {
  const prefix = `${path.basename(folder)}.installing-${hostname()}-`;
  const names = await readdir(path.dirname(folder)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
