#!/usr/bin/env node
/**
 * Takes the command line of VS Code's desktop, and is VS Code's server with Chromium as the window: what
 * `@vscode/test-electron` starts where there is no desktop. Runs the suite of `--extensionTestsPath` in the extension host,
 * prints what it logs, and ends with its exit code.
 *
 * Understood: `--extensionDevelopmentPath=…`, `--extensionTestsPath=…`, `--user-data-dir=…`, and a folder. Others are ignored.
 * `MULTIRUN_CODE_SERVER` chooses the code-server version.
 */
import { fstatSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startServer } from './server.ts';

/** How long the suite may take, and how long it may say nothing: a page that never loads must not wait for ever. */
const timeout = 10 * 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

interface LogValue {
  readonly type?: string;
  readonly value?: unknown;
}

/** The extension host's console comes as JSON: pairs of type and value for each argument. */
function printLog(type: string, args: readonly (LogValue | string)[]): void {
  const words = args.map((arg) => (typeof arg === 'string' ? arg : String(arg.value ?? JSON.stringify(arg))));
  const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
  stream.write(`${words.join(' ')}\n`);
}

async function exitCodeOf(page: Page, url: string): Promise<number> {
  const exitCode = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`No end after ${timeout / 60_000} minutes.`)), timeout).unref();
    page.once('crash', () => reject(new Error('The window crashed.')));
    page.once('close', () => reject(new Error('The window was closed.')));
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  await page.exposeFunction('codeAutomationLog', printLog);
  await page.goto(url);
  return exitCode;
}

/** Fails when we are told to stop: by a signal, or by the end of who started us and holds the other end of our input. */
function untilStopped(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (why: string) => reject(new Error(`Stopped by ${why}.`));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
    if (fstatSync(process.stdin.fd).isSocket())
      process.stdin.on('close', () => stop('the end of the caller')).resume();
  });
}

async function main(stopped: Promise<never>): Promise<number> {
  const string = (value: unknown) => (typeof value === 'string' ? path.resolve(value) : undefined);
  const extension = string(values.extensionDevelopmentPath);
  const tests = string(values.extensionTestsPath);
  if (!extension || !tests)
    throw new Error('code.ts needs --extensionDevelopmentPath and --extensionTestsPath.');
  const folder = string(positionals[0]);
  const temporary = await mkdtemp(path.join(tmpdir(), 'multirun-code-'));
  const version = process.env.MULTIRUN_CODE_SERVER;
  const cleanUps: (() => Promise<unknown>)[] = [() => rm(temporary, { recursive: true, force: true })];
  try {
    const server = await startServer({ data: temporary, automation: true, ...(version ? { version } : {}) });
    cleanUps.unshift(server.stop);
    const browser = await launchChromium();
    cleanUps.unshift(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const url = server.url({ extension, tests, ...(folder ? { folder } : {}) });
    return await Promise.race([exitCodeOf(page, url), stopped]);
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

const stopped = untilStopped();
// Heard in `main` once there is something to stop; until then it must not count as unheard.
stopped.catch(() => {});
main(stopped).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
