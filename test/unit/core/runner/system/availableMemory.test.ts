import { mkdirSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { availableMemory } from '../../../../../src/core/runner/system/availableMemory.ts';
import { currentLoad } from '../../../../../src/core/runner/system/load.ts';
import { systemPlaces } from '../../../../../src/core/runner/system/places.ts';
import { temporaryDirectory } from '../../../../rig/temporaryDirectory.ts';

const gib = 2 ** 30;

/** A system as the files say; places are those of the kernel below a directory. */
function system(root: string, files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(`${root}/${name}`), { recursive: true });
    writeFileSync(`${root}/${name}`, text);
  }
  return { proc: `${root}/proc`, cgroups: `${root}/cgroup`, kernelLog: `${root}/kmsg` };
}

const meminfo = 'MemTotal:       16777216 kB\nMemFree:         1048576 kB\nMemAvailable:    8388608 kB\n';

test('is what the machine has available where nothing limits it', async () => {
  await using directory = await temporaryDirectory();
  const places = system(directory.path, { 'proc/meminfo': meminfo, 'proc/self/cgroup': '0::/\n' });
  expect(availableMemory(places)).toBe(8 * gib);
});

test('is what the tightest cgroup leaves; caches of files are available', async () => {
  await using directory = await temporaryDirectory();
  const places = system(directory.path, {
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '0::/user.slice/app.scope\n',
    'cgroup/user.slice/memory.max': `${4 * gib}\n`,
    'cgroup/user.slice/memory.current': `${3 * gib}\n`,
    'cgroup/user.slice/memory.stat': `anon 5\ninactive_file ${gib}\n`,
    'cgroup/user.slice/app.scope/memory.max': 'max\n',
    'cgroup/user.slice/app.scope/memory.current': `${2 * gib}\n`,
  });
  expect(availableMemory(places)).toBe(2 * gib);
});

test('is read where cgroups are of version 1 as well', async () => {
  await using directory = await temporaryDirectory();
  const places = system(directory.path, {
    'proc/meminfo': meminfo,
    'proc/self/cgroup': '4:cpu,memory:/docker/1f\n0::/\n',
    // A container sees its own cgroup as the root.
    'cgroup/memory/memory.limit_in_bytes': `${gib}\n`,
    'cgroup/memory/memory.usage_in_bytes': `${gib}\n`,
    'cgroup/memory/memory.stat': `total_inactive_file ${gib / 4}\n`,
  });
  expect(availableMemory(places)).toBe(gib / 4);
});

test.runIf(process.platform === 'linux')('is known of this machine, and so is its load', () => {
  expect(availableMemory(systemPlaces)).toBeGreaterThan(0);
  expect(availableMemory(systemPlaces)).toBeLessThan(freemem() * 100);
  expect(currentLoad(systemPlaces)).toBeGreaterThanOrEqual(0);
});

test('the load is the number of processes that run or wait to, without us who ask', async () => {
  await using directory = await temporaryDirectory();
  const places = system(directory.path, { 'proc/loadavg': '0.52 0.58 0.59 9/589 26031\n' });
  expect(currentLoad(places)).toBe(8);
});
