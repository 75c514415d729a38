import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { multirun } from '../../../../../src/core/multirun.ts';
import { outOfMemoryRecord } from '../../../../../src/core/runner/system/outOfMemory.ts';
import { runAt } from '../../../../../src/core/runTable.ts';
import { temporaryDirectory } from '../../../../rig/temporaryDirectory.ts';

function places(root: string) {
  return { proc: `${root}/proc`, cgroups: `${root}/cgroup`, kernelLog: `${root}/kmsg` };
}

test('a kill is found in the log of the kernel by its process, if it is not an old one', async () => {
  await using directory = await temporaryDirectory();
  const now = Number(process.hrtime.bigint()) / 1e3;
  const at = (secondsAgo: number) => Math.round(now - secondsAgo * 1e6);
  writeFileSync(
    directory.at('kmsg'),
    `6,1234,${at(500)},-;Out of memory: Killed process 77 (python3) total-vm:1kB\n` +
      `3,1235,${at(2)},-;Memory cgroup out of memory: Killed process 88 (node) total-vm:2kB, anon-rss:1kB\n SUBSYSTEM=x\n`,
  );
  const record = outOfMemoryRecord(places(directory.path));
  expect(record.killed(new Set([1, 88]), 10_000)).toBe(true);
  expect(record.killed(new Set([77]), 10_000)).toBe(false);
  expect(record.killed(new Set([99]), 10_000)).toBe(false);
});

test('where the log cannot be read, the count of our cgroup tells, once for each kill', async () => {
  await using directory = await temporaryDirectory();
  const events = directory.at('cgroup', 'a', 'memory.events');
  mkdirSync(directory.at('proc', 'self'), { recursive: true });
  mkdirSync(directory.at('cgroup', 'a'), { recursive: true });
  writeFileSync(directory.at('proc', 'self', 'cgroup'), '0::/a\n');
  const count = (kills: number) =>
    writeFileSync(events, `low 0\noom 9\noom_kill ${kills}\noom_group_kill 0\n`);
  count(3);
  const record = outOfMemoryRecord(places(directory.path));
  expect(record.killed(new Set([1]), 0)).toBe(false);
  count(4);
  expect(record.killed(new Set([1]), 0)).toBe(true);
  expect(record.killed(new Set([1]), 0)).toBe(false);
  count(5);
  record.refresh();
  expect(record.killed(new Set([1]), 0)).toBe(false);
});

const version1 = '/sys/fs/cgroup/memory';

/** Whether this test may make a cgroup with a limit of its own, which takes root and a machine that is not a container. */
function mayLimitMemory(): boolean {
  if (process.getuid?.() !== 0 || !existsSync(`${version1}/tasks`)) return false;
  return spawnSync('dd', ['if=/dev/kmsg', 'bs=8192', 'count=1']).status === 0;
}

test.runIf(mayLimitMemory())(
  'a run that the kernel kills for want of memory is told apart from one that anybody killed',
  async () => {
    await using directory = await temporaryDirectory();
    const cgroup = `${version1}/multirun-test-${process.pid}`;
    mkdirSync(cgroup);
    try {
      writeFileSync(`${cgroup}/memory.limit_in_bytes`, '60M');
      const hungry = 'const held = []; for (;;) held.push(Buffer.alloc(1e6, 1));';
      const state = await multirun({
        runs: [
          { script: `echo $$ >${cgroup}/tasks; exec '${process.execPath}' -e '${hungry}'` },
          { script: 'kill -KILL $$' },
        ],
        cmd: ['sh', '-c', '${script}'],
        outputPath: directory.at('sweep'),
      });
      expect([0, 1].map((id) => runAt(state.runs, id))).toMatchObject([
        { failure: { reason: 'out-of-memory' } },
        { failure: { reason: 'signal', signal: 'SIGKILL' } },
      ]);
    } finally {
      rmdirSync(cgroup);
    }
  },
);
