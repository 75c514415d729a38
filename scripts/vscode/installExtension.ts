import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

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

/** Makes an extension the only one in the folder of installed ones. It is a .vsix file, or the folder of a built one. */
export async function installExtension(
  extension: string,
  extensionsFolder: string,
  server: { readonly node: string; readonly main: string },
): Promise<void> {
  // VS Code's own list of what is installed would hide what is new; without it VS Code looks for itself.
  await rm(extensionsFolder, { recursive: true, force: true });
  if (extension.endsWith('.vsix')) {
    const data = path.dirname(extensionsFolder);
    await promisify(execFile)(server.node, [
      ...[server.main, '--accept-server-license-terms', '--server-data-dir', data],
      ...['--extensions-dir', extensionsFolder, '--install-extension', extension],
    ]);
  } else {
    await copyExtension(extension, extensionsFolder);
  }
}

/** A copy, not a link to the checkout: VS Code deletes what a person uninstalls. */
async function copyExtension(extension: string, extensionsFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
  const target = path.join(extensionsFolder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await mkdir(target, { recursive: true });
  for (const part of parts) {
    const source = path.join(extension, part);
    if (existsSync(source)) await cp(source, path.join(target, part), { recursive: true });
  }
}
