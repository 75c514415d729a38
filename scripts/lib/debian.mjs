// The machine's own packages: installed when we may (root on Debian), otherwise named in one line.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { say, withProgress } from './say.mjs';

/** Installs the Debian packages that are missing, or says which to install. */
export async function ensureDebianPackages(packages) {
  if (process.platform === 'win32') return;
  const system = systemName();
  const missing =
    system === 'debian' ? packages.filter((name) => !isInstalled(name)) : packages.filter(lacksProgram);
  if (missing.length === 0) return;
  if (system !== 'debian' || process.getuid?.() !== 0) {
    say(`Not found: ${missing.join(', ')}. ${advice(system, missing)}`);
    return;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await withProgress(`Installing Debian packages: ${missing.join(', ')}`, async () => {
    await runQuietly('apt-get', ['update'], { env });
    await runQuietly('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { env });
  });
}

function systemName() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return process.platform;
  return /^ID="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'linux';
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name], {
    encoding: 'utf8',
  });
  return query.stdout === 'installed';
}

/** What each package gives, for systems whose packages have other names: any of these programs will do. */
const programs = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  'build-essential': ['c++'],
  'libkrb5-dev': ['krb5-config'],
  python3: ['python3'],
  slurmctld: ['slurmctld'],
  slurmd: ['slurmd'],
  'slurm-client': ['sbatch'],
  'slurm-wlm-basic-plugins': ['slurmctld'],
  munge: ['munged'],
  parallel: ['parallel'],
};

function lacksProgram(name) {
  if (name === 'chromium' && process.platform === 'darwin') return false;
  return !(programs[name] ?? []).some(
    (program) => spawnSync('which', [program], { stdio: 'ignore' }).status === 0,
  );
}

function advice(system, missing) {
  if (system === 'debian') return `Install with: sudo apt-get install ${missing.join(' ')}`;
  if (system === 'darwin') return 'Install them with: xcode-select --install';
  return 'Install what your system calls these (Debian names) with its package manager.';
}
