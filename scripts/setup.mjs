// Sets up one part by itself: `node scripts/setup.mjs vscode [version]`, `modules`, `packages`.
import { ensureDebianPackages } from './lib/debian.mjs';
import { Failure, main } from './lib/say.mjs';
import { buildPackages, ensureVSCodeServer } from './lib/vscodeServer.mjs';

const [part, ...rest] = process.argv.slice(2);
await main(async () => {
  if (part === 'vscode') console.log((await ensureVSCodeServer(rest[0])).vscode);
  else if (part === 'packages') await ensureDebianPackages(['chromium', ...buildPackages]);
  else throw new Failure('Usage: node scripts/setup.mjs vscode [version] | packages');
  return 0;
});
