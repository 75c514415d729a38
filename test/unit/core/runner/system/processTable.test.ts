import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { multirunAsync } from '../../../../../src/core/multirun.ts';
import { parsePs, readProcessTable } from '../../../../../src/core/runner/system/processTable.ts';
import { controlledCommand } from '../../../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../../../rig/temporaryDirectory.ts';

test.runIf(process.platform === 'linux')(
  'knows each process, its parent, its group and its run',
  async () => {
    await using directory = await temporaryDirectory();
    await using program = await controlledCommand();
    const sweep = await multirunAsync({ runs: [{}], cmd: program.cmd, outputPath: directory.at('sweep') });
    const run = await program.next();
    const table = await readProcessTable();
    const shell = table.get(table.get(run.pid)!.parent)!;
    expect(shell.parent).toBe(process.pid);
    expect(shell.marker).toBeUndefined();
    expect(table.get(run.pid)).toMatchObject({ marker: `MULTIRUN_PARAMS=${run.env.MULTIRUN_PARAMS}` });
    run.exit(0);
    await sweep.finished;
    expect((await readProcessTable()).has(run.pid)).toBe(false);
  },
);

test('answers many at once with one look, but none with a look that began before it was asked', async () => {
  const [first, second, third] = [readProcessTable(), readProcessTable(), readProcessTable()];
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  await Promise.all([first, second]);
});

test.runIf(process.platform !== 'win32')('reads what ps says on other systems', () => {
  const table = parsePs(execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,state='], { encoding: 'utf8' }));
  expect(table.get(process.pid)).toMatchObject({ parent: process.ppid });
  expect(parsePs('  7   1   7 Z\n  8   7   7 S+\n')).toEqual(new Map([[8, { pid: 8, parent: 7, group: 7 }]]));
});
