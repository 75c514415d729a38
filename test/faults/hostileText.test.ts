import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** What sets a terminal's title, clears it, turns text around, and looks like a formula or a row of a table. */
const hostile = [
  '\u001b]0;title\u0007',
  '\u001b[2J\u009b2J',
  '\u202eright',
  '=HYPERLINK("http://x")',
  'a\r\n| b',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal.
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

async function printed(...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, ...args]).catch(
    (error) => error,
  );
  return stdout + stderr;
}

test('hostile parameters and logs reach a terminal as text alone', async () => {
  await using home = await temporaryDirectory();
  const file = home.at('hostile.sweep.yaml');
  const output = home.at('sweep');
  const content = {
    cmd: ['sh', '-c', 'printf "%s" "$1" >&2; exit 3', 'sh', '${x}'],
    parameters: { x: hostile },
    output_path: output,
  };
  writeFileSync(file, JSON.stringify(content));
  for (const args of [
    ['plan', file],
    ['run', file],
    ['status', output],
    ['results', output],
  ]) {
    const text = await printed(...args);
    expect(text, args[0]).toContain('HYPERLINK');
    expect(text, args[0]).not.toMatch(control);
  }
});
