/**
 * What VS Code's extension host calls to run the tests: mocha, reporting each test as a line of JSON to the file that
 * `MULTIRUN_TEST_REPORT` names. A test file reads
 *
 *     import { strict as assert } from 'node:assert';
 *     import { describe, it } from 'mocha';
 *     import * as vscode from 'vscode';
 */
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type Mocha from 'mocha';

/** One test's end, or the end of all. */
export type TestReport =
  | {
      readonly state: 'passed' | 'failed' | 'skipped';
      readonly title: string;
      readonly milliseconds: number;
      readonly error?: string;
    }
  | { readonly state: 'end' };

const timeout = 30_000;

function send(report: TestReport): void {
  const file = process.env.MULTIRUN_TEST_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(report)}\n`);
}

class Reporter {
  constructor(runner: Mocha.Runner) {
    const tell = (state: 'passed' | 'failed' | 'skipped', test: Mocha.Runnable, error?: Error) =>
      send({
        state,
        title: test.fullTitle(),
        milliseconds: test.duration ?? 0,
        ...(error ? { error: error.stack ?? error.message } : {}),
      });
    runner.on('pass', (test) => tell('passed', test));
    runner.on('pending', (test) => tell('skipped', test));
    runner.on('fail', (test, error: Error) => tell('failed', test, error));
    runner.once('end', () => send({ state: 'end' }));
  }
}

export async function run(): Promise<void> {
  // mocha is an ES module, and how require() gives one differs between the Nodes of VS Code's versions.
  const { default: MochaRunner } = await import('mocha');
  const mocha = new MochaRunner({ ui: 'bdd', timeout, reporter: Reporter as never });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
