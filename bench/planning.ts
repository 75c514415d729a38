/*
 * How fast plans are made: counting and listing a grid of 10^12 points, and writing the runs of plans of a million runs, with
 * the memory that it takes over the baseline. Each plan is measured in a process of its own.
 *
 *   node bench/planning.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runsOf } from '../src/core/plan/plan.ts';
import { planSweep } from '../src/core/plan/planSweep.ts';
import { writeRuns } from '../src/core/sweepDirectory/runsFile.ts';
import { parseSweepFile } from '../src/core/sweepFile/parseSweepFile.ts';

const million: Readonly<Record<string, string>> = {
  grid: 'parameters: {a: {min: 1, max: 100}, b: {min: 0, max: 1, steps: 100}, c: {values: [x, y]}, d: {min: 1, max: 50}}',
  random:
    'method: random\nsamples: 1000000\nparameters: {a: {min: 0.0, max: 1.0}, b: {distribution: normal}, c: {distribution: log_uniform_values, min: 0.001, max: 1}, d: [x, y, z]}',
  sobol:
    'method: sobol\nsamples: 1000000\nparameters: {a: {min: 0.0, max: 1.0}, b: {distribution: normal}, c: [x, y], d: {min: 1, max: 9}}',
  'latin hypercube':
    'method: latin_hypercube\nsamples: 1000000\nparameters: {a: {min: 0.0, max: 1.0}, b: {min: 0.0, max: 1.0}, c: {min: 1, max: 9}}',
  nested:
    'parameters: {opt: {parameters: {lr: {min: 1, max: 1000}, k: {value: 1}}}, n: {min: 1, max: 1000}}\nderived: {r: opt.lr / n}',
  filtered:
    'parameters: {a: {min: 1, max: 1000}, b: {min: 1, max: 1000}, s: {values: [1], when: a > 500}}\nexclude: a == b\nreplicates: 1',
  union:
    'sweep: [{parameters: {a: {min: 1, max: 1000}, b: {min: 1, max: 500}}}, {parameters: {a: {min: 1, max: 1000}, b: {min: 400, max: 1000}}}]',
};

function planned(text: string) {
  const { file, diagnostics } = parseSweepFile(`cmd: [run]\n${text}\n`, { path: '/sweep.yaml' });
  if (file === undefined) throw new Error(diagnostics[0]?.message);
  const { plan, problems } = planSweep(file.space);
  if (plan === undefined) throw new Error(problems[0]?.message);
  return plan;
}

/** Runs in a process of its own, since memory is never given back. */
async function measure(name: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'multirun-bench-'));
  // What a first plan loads and compiles is the baseline.
  const warm = planned((million[name] ?? '').replaceAll('1000000', '10'));
  await writeRuns(join(directory, 'warm.jsonl'), [warm.at(0), warm.at(warm.size - 1)]);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const start = performance.now();
  const plan = planned(million[name] ?? '');
  const madeMs = performance.now() - start;
  const path = join(directory, 'runs.jsonl');
  await writeRuns(path, runsOf(plan), plan.names);
  const ms = performance.now() - start;
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage().rss);
  const words = [
    name.padEnd(16),
    `${plan.size.toLocaleString('en')} runs`.padStart(16),
    `planned in ${madeMs.toFixed(0)} ms`.padStart(20),
    `written in ${(ms / 1000).toFixed(2)} s`.padStart(18),
    `${((most - before) / 1e6).toFixed(0)} MB more`.padStart(12),
    `${(statSync(path).size / 1e6).toFixed(0)} MB`.padStart(8),
  ];
  console.log(words.join('  '));
  rmSync(directory, { recursive: true });
}

function measureEndless(): void {
  const text = `parameters: {${[...'abcdefghijkl'].map((name) => `${name}: {min: 0, max: 9}`).join(', ')}}`;
  planned(text);
  const start = performance.now();
  const plan = planned(text);
  const counted = performance.now() - start;
  for (let run = 0; run < 100; run++) plan.at(run);
  const listed = performance.now() - start;
  console.log(
    `grid of ${plan.size.toExponential(0)}: read, planned and counted in ${counted.toFixed(1)} ms, with its first 100 runs in ${listed.toFixed(1)} ms`,
  );
}

const [only] = process.argv.slice(2);
if (only !== undefined) await measure(only);
else {
  measureEndless();
  for (const name of Object.keys(million)) {
    spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), name], { stdio: 'inherit' });
  }
}
