import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { runStatuses } from '../../../../src/core/run.ts';
import { type Holder, runContext, sweepContext } from '../../../../src/extension/tree/itemContext.ts';

const manifest = JSON.parse(await readFile(new URL('../../../../package.json', import.meta.url), 'utf8'));
const entries: { command: string; when: string }[] = manifest.contributes.menus['view/item/context'];

/** The commands that the context menu of a row offers. */
function offered(context: string): string[] {
  const matching = entries.filter(({ when }) => {
    const regex = /viewItem =~ \/(.+)\//.exec(when)?.[1];
    return regex !== undefined && new RegExp(regex).test(context);
  });
  return [...new Set(matching.map(({ command }) => command.replace('multirun.', '')))];
}

const counts = { pending: 0, running: 0, success: 6, failure: 0, skipped: 0 };
const holders: readonly Holder[] = ['this-window', 'another-process', 'nobody'];

describe('a sweep', () => {
  test('is deleted only while nobody runs it', () => {
    expect(
      holders.filter((holder) => offered(sweepContext(counts, holder, true)).includes('deleteSweep')),
    ).toEqual(['nobody']);
  });
  test('is cancelled while somebody runs it, whoever that is', () => {
    expect(
      holders.filter((holder) => offered(sweepContext(counts, holder, true)).includes('cancelSweep')),
    ).toEqual(['this-window', 'another-process']);
  });
  test('has its failed runs rerun where there are any, whoever runs it', () => {
    const failed = { ...counts, failure: 1 };
    expect(offered(sweepContext(counts, 'nobody', true))).not.toContain('rerunFailed');
    expect(
      holders.filter((holder) => offered(sweepContext(failed, holder, true)).includes('rerunFailed')),
    ).toEqual([...holders]);
  });
  test('goes on where it stopped, and with only what had not begun where some have failed', () => {
    const pending = { ...counts, pending: 1 };
    const both = { ...pending, failure: 1 };
    for (const some of [pending, both, { ...counts, failure: 1 }])
      expect(offered(sweepContext(some, 'nobody', true))).toContain('resumeSweep');
    expect(offered(sweepContext(counts, 'nobody', true))).not.toContain('resumeSweep');
    expect(offered(sweepContext(pending, 'this-window', true))).not.toContain('resumeSweep');
    expect(offered(sweepContext(pending, 'this-window', true, true))).toContain('resumeSweep');
    expect(offered(sweepContext(pending, 'nobody', true))).not.toContain('runRemaining');
    expect(offered(sweepContext(both, 'nobody', true))).toContain('runRemaining');
  });
  test('runs its sweep file again where it was made from one', () => {
    expect(offered(sweepContext(counts, 'nobody', true))).toContain('runSweepAgain');
    expect(offered(sweepContext(counts, 'nobody', false))).not.toContain('runSweepAgain');
  });
});

describe('a run', () => {
  test('is cancelled while it is pending or running, whoever runs it', () => {
    expect(
      runStatuses.filter((status) => offered(runContext(status, 'this-window')).includes('cancelRun')),
    ).toEqual(['pending', 'running']);
    expect(offered(runContext('running', 'another-process'))).toContain('cancelRun');
    expect(offered(runContext('pending', 'nobody'))).not.toContain('cancelRun');
  });
  test('runs again once it is over, whoever runs its sweep', () => {
    expect(
      runStatuses.filter((status) => offered(runContext(status, 'nobody')).includes('runAgain')),
    ).toEqual(['skipped', 'success', 'failure']);
    expect(offered(runContext('failure', 'another-process'))).toContain('runAgain');
  });
  test('offers no command of a sweep', () => {
    for (const status of runStatuses) {
      for (const holder of holders) {
        const commands = offered(runContext(status, holder));
        expect(commands).not.toContain('deleteSweep');
        expect(commands).toContain('openStdout');
      }
    }
  });
});
