// Makes the .vsix file and holds it to its size.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { run, runQuietly } from './lib/child.mjs';
import { ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { binFolder, projectNode, root } from './lib/paths.mjs';
import { Failure, main, say } from './lib/say.mjs';

const largest = 1_000_000;

await main(async () => {
  await ensureNodeModules();
  const environment = { cwd: root, env: projectEnvironment() };
  await runQuietly(projectNode, ['esbuild.mjs', '--minify'], environment);
  const file = path.join(root, 'multirun.vsix');
  await rm(file, { force: true });
  // Everything is bundled, so no dependencies are packed.
  const code = await run(path.join(binFolder, 'vsce'), ['package', '--no-dependencies', '--out', file], {
    ...environment,
    shell: process.platform === 'win32',
  });
  if (code !== 0) return code;
  const { size } = await stat(file);
  say(`${path.relative(process.cwd(), file)}: ${(size / 1000).toFixed(0)} kB`);
  if (size > largest)
    throw new Failure(
      `The package is larger than ${largest / 1000} kB. See what is in it: npx vsce ls --tree`,
    );
  return 0;
});
