// The project's npm packages, and what is built from its sources.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { npm, runQuietly } from './child.mjs';
import { binFolder, projectNode, root, withPath } from './paths.mjs';
import { withProgress } from './say.mjs';

/** Runs `npm ci`, unless what is installed is already what package-lock.json says. */
export async function ensureNodeModules() {
  if (isInstalled()) return;
  await withProgress('Installing npm packages', () => npm(['ci', '--no-audit', '--no-fund'], { cwd: root }));
}

/** Builds dist/ when a source is newer, so that nothing is replaced under a sweep that runs from it without need. */
export async function ensureBuild() {
  const built = Math.min(
    ...['extension.js', 'cli.js'].map((name) => modified(path.join(root, 'dist', name))),
  );
  const sources = ['src', 'media', 'esbuild.mjs', 'package.json', 'package-lock.json'];
  if (built > Math.max(...sources.map((name) => newest(path.join(root, name))))) return;
  await runQuietly(projectNode, ['esbuild.mjs'], { cwd: root, env: projectEnvironment() });
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newest(place) {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return modified(place);
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return Math.max(
    0,
    ...entries.map((entry) => modified(path.join(entry.parentPath ?? entry.path, entry.name))),
  );
}

/** The environment in which the project's programs run: with Node 24 and the other installed programs first on PATH. */
export function projectEnvironment() {
  return withPath(binFolder);
}

// npm writes node_modules/.package-lock.json when an installation is complete, so an interrupted one is noticed too.
function isInstalled() {
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const installed = packagesIn(path.join(root, 'node_modules', '.package-lock.json'));
  return (
    existsSync(projectNode) &&
    Object.entries(wanted).every(
      ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
    )
  );
}

function packagesIn(file) {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
