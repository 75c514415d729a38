import { expect, test } from 'vitest';
import { runCli } from './cli.ts';

test('a Node that is too old is told in one line, instead of ending in the middle of something', async () => {
  const code = 'Object.defineProperty(process, "versions", {value: {...process.versions, node: "20.19.0"}})';
  const pretend = `data:text/javascript,${encodeURIComponent(code)}`;
  const ended = await runCli(['--version'], { env: { NODE_OPTIONS: `--import=${pretend}` } });
  expect(ended).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'multirun: this is Node 20.19.0, and version 22 or newer is needed; in a checkout, "npm run multirun --" brings its own\n',
  });
});
