import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** What a packaged extension consists of: see .vscodeignore. */
const parts = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist',
  'media',
  'l10n',
];

/**
 * Puts an extension's built files where VS Code finds installed extensions. A copy, not a link to the checkout: VS Code deletes
 * what a person uninstalls.
 */
export async function installExtension(extension: string, extensionsFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`;
  // VS Code's own list of what is installed would hide what is new; without it VS Code looks for itself.
  await rm(extensionsFolder, { recursive: true, force: true });
  await mkdir(path.join(extensionsFolder, name), { recursive: true });
  for (const part of parts) {
    const source = path.join(extension, part);
    if (existsSync(source)) await cp(source, path.join(extensionsFolder, name, part), { recursive: true });
  }
}
