/*
 * How fast short runs are launched, beside the physical limit and the tools that people use: `npm run bench`.
 *
 * Every round runs every variant once, in an order of its own; ratios are taken within a round, because machines are
 * noisy and a neighbour's load slows all variants of a round alike. Needs cc, xargs and GNU parallel for the peers.
 * Options: --runs N (2000), --rounds N (5).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '5' } },
});
const runs = Number(values.runs);
const rounds = Number(values.rounds);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// Creating files right after deleting thousands is slow on some file systems: memory has no such trap.
const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'multirun-bench-'));
const limit = join(base, 'limit');

interface Measurement {
  readonly seconds: number;
  /** CPU time of the variant and of everything that it waited for, in s. */
  readonly cpu: number;
  readonly delays?: { readonly p50: number; readonly p99: number; readonly max: number };
}

interface Variant {
  readonly name: string;
  /** Its command line for a number of places and a directory of its own that exists. */
  readonly command: (parallel: number, directory: string) => readonly string[];
  readonly needs: string;
  /** Whether it prints what it measured of itself, its own start-up left out, as every variant's is. */
  readonly reports: boolean;
}

const multirun = (heapMb: number): Variant => ({
  name: heapMb === 0 ? 'multirun' : `multirun, heap of ${heapMb} MB`,
  command: (parallel, directory) => [
    process.execPath,
    here('./multirunVariant.ts'),
    String(runs),
    String(parallel),
    join(directory, 'sweep'),
    String(heapMb),
  ],
  needs: process.execPath,
  reports: true,
});

const variants: readonly Variant[] = [
  {
    name: 'limit (posix_spawn in C)',
    command: (parallel, directory) => [
      limit,
      String(runs),
      String(parallel),
      join(directory, 'out'),
      'full',
      '/bin/true',
    ],
    needs: 'cc',
    reports: false,
  },
  multirun(0),
  multirun(500),
  {
    name: 'xargs -P, the same work',
    command: (parallel, directory) => [
      '/bin/sh',
      '-c',
      `seq ${runs} | xargs -P ${parallel} -I{} sh '${here('./xargsJob.sh')}' '${directory}' {} /bin/true`,
    ],
    needs: 'xargs',
    reports: false,
  },
  {
    name: 'parallel --results --joblog',
    command: (parallel, directory) => [
      '/bin/sh',
      '-c',
      `seq ${runs} | parallel -j ${parallel} --results '${directory}/results' --joblog '${directory}/log' /bin/true`,
    ],
    needs: 'parallel',
    reports: false,
  },
];

function isThere(program: string): boolean {
  return spawnSync('/bin/sh', ['-c', `command -v '${program}'`]).status === 0;
}

function measure(variant: Variant, parallel: number): Measurement {
  const directory = join(base, `${variant.name.replaceAll(/\W+/g, '-')}-${parallel}-${performance.now()}`);
  mkdirSync(directory);
  const times = join(directory, 'times');
  const start = performance.now();
  // bash tells the CPU time of a command and all that it waited for; Node cannot.
  const child = spawnSync(
    'bash',
    [
      '-c',
      'TIMEFORMAT="%U %S"; exec 3>&2; { time "$@" 2>&3 ; } 2>"$0"',
      times,
      ...variant.command(parallel, directory),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const wall = (performance.now() - start) / 1000;
  if (child.status !== 0) throw new Error(`${variant.name} failed: ${child.stderr}`);
  const [user = 0, system = 0] = readFileSync(times, 'utf8').trim().split(' ').map(Number);
  const cpu = user + system;
  if (!variant.reports) return { seconds: wall, cpu };
  const { seconds, startCpu, ...delays } = JSON.parse(child.stdout);
  return { seconds, cpu: cpu - startCpu, delays };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function idleControl(): Measurement['delays'] {
  return JSON.parse(
    execFileSync(process.execPath, [here('./multirunVariant.ts'), '0', '1', join(base, 'idle'), '0'], {
      encoding: 'utf8',
    }),
  );
}

try {
  if (isThere('cc')) execFileSync('cc', ['-O2', '-w', '-o', limit, here('./limit.c')]);
  const present = variants.filter(({ needs }) => isThere(needs));
  for (const { name, needs } of variants)
    if (!isThere(needs)) console.log(`left out: ${name} (there is no ${needs} on this machine)`);
  const found = new Map<string, Measurement[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const parallel of [2, 8]) {
      for (const variant of shuffled(present)) {
        const key = `${variant.name}@${parallel}`;
        found.set(key, [...(found.get(key) ?? []), measure(variant, parallel)]);
      }
    }
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
  const of = (name: string, parallel: number) => found.get(`${name}@${parallel}`) ?? [];
  const ratio = (a: string, b: string, parallel: number) =>
    median(
      of(a, parallel).map(({ seconds }, round) => (of(b, parallel)[round]?.seconds ?? Number.NaN) / seconds),
    );
  const [limitName = ''] = variants.map(({ name }) => name);

  console.log(`\n${runs} runs of /bin/true, medians of ${rounds} rounds\n`);
  console.table(
    present.map(({ name }) => ({
      variant: name,
      'runs/s at 2': Math.round(runs / median(of(name, 2).map(({ seconds }) => seconds))),
      'runs/s at 8': Math.round(runs / median(of(name, 8).map(({ seconds }) => seconds))),
      'of the limit at 2': ratio(name, limitName, 2).toFixed(2),
      'of the limit at 8': ratio(name, limitName, 8).toFixed(2),
      'CPU ms a run at 8': ((median(of(name, 8).map(({ cpu }) => cpu)) * 1000) / runs).toFixed(2),
    })),
  );
  const delay = (key: 'p50' | 'p99' | 'max') =>
    median(of('multirun', 8).map(({ delays }) => delays?.[key] ?? Number.NaN)).toFixed(1);
  const idle = idleControl();
  console.log(
    `main-loop delay at 8, ms over the timer: p50 ${delay('p50')}, p99 ${delay('p99')}, max ${delay('max')}`,
  );
  console.log(
    `the same while nothing runs:             p50 ${idle?.p50.toFixed(1)}, p99 ${idle?.p99.toFixed(1)}, max ${idle?.max.toFixed(1)}\n`,
  );

  const goal = (text: string, value: number, wanted: number) =>
    console.log(`${value >= wanted ? 'met   ' : 'MISSED'} ${text}: ${value.toFixed(2)} (wanted: ${wanted})`);
  goal('times GNU parallel at 8', ratio('multirun', 'parallel --results --joblog', 8), 5);
  goal('times GNU parallel at 2', ratio('multirun', 'parallel --results --joblog', 2), 4);
  goal('of the limit at 8', ratio('multirun', limitName, 8), 0.7);
  goal('times xargs with the same work at 8', ratio('multirun', 'xargs -P, the same work', 8), 2);
  goal('times xargs with the same work at 2', ratio('multirun', 'xargs -P, the same work', 2), 2);
  goal('speed kept with a heap of 500 MB at 8', ratio('multirun, heap of 500 MB', 'multirun', 8), 0.8);
  goal('5 ms over the p99 of the main-loop delay', 5 / Number(delay('p99')), 1);
  goal('12 ms over the maximum of the main-loop delay', 12 / Number(delay('max')), 1);
} finally {
  rmSync(base, { recursive: true, force: true });
}
