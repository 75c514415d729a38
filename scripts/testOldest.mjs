// Runs the integration tests in the oldest VS Code that the extension supports (engines.vscode).
import { run } from './lib/child.mjs';
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureBuild, ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { main } from './lib/say.mjs';
import { ensureVSCodeServer, oldestServer } from './lib/vscodeServer.mjs';

await main(async () => {
  await ensureDebianPackages(['chromium']);
  await ensureNodeModules();
  await ensureVSCodeServer(oldestServer);
  await ensureBuild();
  return run(projectNode, ['test/integration/runIntegration.ts'], {
    cwd: root,
    env: { ...projectEnvironment(), MULTIRUN_CODE_SERVER: oldestServer },
  });
});
