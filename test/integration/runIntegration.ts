/**
 * Runs test/integration/*.test.ts inside a real VS Code's extension host, with `@vscode/test-electron`, on a fresh copy of
 * test/fixtures/workspace, and prints the results.
 *
 * Environment:
 * - `MULTIRUN_VSCODE`: a desktop VS Code's executable to use. Without it VS Code's server with Chromium as the window is used,
 *   and on Windows the desktop that `@vscode/test-electron` downloads.
 * - `MULTIRUN_CODE_SERVER`: the code-server version to take VS Code's server from.
 * - `MULTIRUN_EXTENSION`: another extension's folder than the checkout.
 * - `MULTIRUN_COUNTS`: a file to write `{passed, failed, skipped, failures}` to; `failures` names the failed tests.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { freshWorkspace } from '../rig/workspace.ts';
import type { TestReport } from './suite.ts';

const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, '.vscode-test', 'integration');
const reportFile = path.join(output, 'report.jsonl');

async function bundleSuite(): Promise<string> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const tests = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts'));
  await esbuild.build({
    entryPoints: ['suite.ts', ...tests.sort()].map((name) => path.join(import.meta.dirname, name)),
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(output, 'suite.cjs');
}

/** What VS Code prints; shown when the tests could not be run. */
class Log extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function readReport(): Promise<TestReport[]> {
  if (!existsSync(reportFile)) return [];
  const text = await readFile(reportFile, 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as TestReport]));
}

function print(report: TestReport): void {
  if (report.state === 'end') return;
  const mark = { passed: '✓', failed: '✗', skipped: '-' }[report.state];
  console.log(`  ${mark} ${report.title}${report.milliseconds > 100 ? `  ${report.milliseconds} ms` : ''}`);
  if (report.error) console.log(report.error.replace(/^/gm, '      '));
}

function vscodeExecutable(): { vscodeExecutablePath?: string } {
  if (process.env.MULTIRUN_VSCODE) return { vscodeExecutablePath: process.env.MULTIRUN_VSCODE };
  if (process.platform === 'win32') return {};
  return { vscodeExecutablePath: path.join(root, 'scripts', 'vscode', 'code.ts') };
}

const suite = await bundleSuite();
const workspace = await freshWorkspace();
const log = new Log();
let ended = '';
// runTests stops VS Code on SIGINT. With a listener of our own it then returns to us.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.emit('SIGINT'));
try {
  await runTests({
    ...vscodeExecutable(),
    extensionDevelopmentPath: process.env.MULTIRUN_EXTENSION ?? root,
    extensionTestsPath: suite,
    extensionTestsEnv: { MULTIRUN_TEST_REPORT: reportFile },
    launchArgs: [workspace.folder],
    stdout: log,
    stderr: log,
  });
} catch (error) {
  ended = error instanceof Error ? error.message : String(error);
} finally {
  await workspace.remove();
}

const reports = await readReport();
const count = (state: TestReport['state']) => reports.filter((report) => report.state === state).length;
reports.forEach(print);
const isComplete = count('end') === 1;
if (!isComplete) console.log(`${log.text}\nThe tests did not run to their end. ${ended}`);
const failed = count('failed') + (isComplete ? 0 : 1);
const counts = { passed: count('passed'), failed, skipped: count('skipped') };
console.log(`\nintegration: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
await writeFile(path.join(output, 'vscode.log'), log.text);
const failures = reports.flatMap((report) => (report.state === 'failed' ? [report.title] : []));
if (process.env.MULTIRUN_COUNTS)
  await writeFile(process.env.MULTIRUN_COUNTS, JSON.stringify({ ...counts, failures }));
process.exitCode = failed > 0 ? 1 : 0;
