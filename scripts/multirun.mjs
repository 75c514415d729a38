// The command line from the checkout: sets up what is missing, then runs it with what follows `npm run multirun --`.
import path from 'node:path';
import { run } from './lib/child.mjs';
import { ensureBuild, ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await ensureNodeModules();
  await ensureBuild();
  // npm changes to the checkout's root; file names on the command line are relative to where the person is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const cli = path.join(root, 'dist', 'cli.js');
  return run(projectNode, [cli, ...process.argv.slice(2)], { cwd, env: projectEnvironment() });
});
