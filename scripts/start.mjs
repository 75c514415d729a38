// `npm start`: sets everything up and opens VS Code with the extension on the examples.
//   --embedded   VS Code in the browser, even where the desktop one is installed
//   --port N     its port
import path from 'node:path';
import { run } from './lib/child.mjs';
import { ensureBuild, ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await ensureNodeModules();
  await ensureBuild();
  const open = path.join(root, 'scripts', 'vscode', 'open.ts');
  return run(projectNode, [open, ...process.argv.slice(2)], { cwd: root, env: projectEnvironment() });
});
