// Makes the .vsix file and holds it to its size.
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { run, runQuietly } from './lib/child.mjs';
import { ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { Failure, main, say } from './lib/say.mjs';

// Half of it is the results page: AG Grid and the parts of ECharts that draw its plots.
const largest = 1_400_000;

await main(async () => {
  await ensureNodeModules();
  const options = { cwd: root, env: projectEnvironment() };
  const file = path.join(root, 'multirun.vsix');
  await rm(file, { force: true });
  await runQuietly(projectNode, ['esbuild.mjs', '--minify'], options);
  // Everything is bundled, so no dependencies are packed.
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const code = await run(
    projectNode,
    [vsce, 'package', '--no-dependencies', ...links, '--out', file],
    options,
  );
  // Whoever works in the checkout goes on with what can be read.
  await runQuietly(projectNode, ['esbuild.mjs'], options);
  if (code !== 0) return code;
  const { size } = await stat(file);
  say(`${file}: ${(size / 1000).toFixed(0)} kB`);
  if (size > largest) {
    throw new Failure(
      `The package is larger than ${largest / 1000} kB. See what is in it: npx vsce ls --tree`,
    );
  }
  return 0;
});
