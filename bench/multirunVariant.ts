// One measurement of the local runner, in a process of its own: node multirunVariant.ts RUNS PARALLEL OUTPUT HEAP_MB
import { multirunAsync } from '../src/core/multirun.ts';
import { ParallelLocalRunner } from '../src/core/runner/parallelLocalRunner.ts';

const [runs = 0, parallel = 0] = process.argv.slice(2, 4).map(Number);
const output = process.argv[4] ?? '';
const heapMb = Number(process.argv[5] ?? 0);

// An extension host is not alone in its process: other extensions' objects make each fork of it slower.
const ballast = Array.from({ length: heapMb }, () =>
  Array.from({ length: 2 ** 14 }, (_, index) => ({ index, text: `${index}` })),
);

const params = Array.from({ length: runs }, (_, seed) => ({
  lr: 0.001,
  batch: 32,
  seed,
  name: 'experiment-alpha',
  depth: 12,
}));
const delays: number[] = [];
const intervalMs = 5;
let expected = performance.now() + intervalMs;
let timer = setTimeout(function tick() {
  delays.push(performance.now() - expected);
  expected = performance.now() + intervalMs;
  timer = setTimeout(tick, intervalMs);
}, intervalMs);

// Only the idle control has no runs: it watches the timer for a second.
if (runs === 0) await new Promise((resolve) => setTimeout(resolve, 1000));
const cpuSeconds = (): number => (({ user, system }) => (user + system) / 1e6)(process.cpuUsage());
const startCpu = cpuSeconds();
const start = performance.now();
const sweep = await multirunAsync({
  runs: params,
  cmd: ['/bin/true'],
  outputPath: output,
  runner: new ParallelLocalRunner({ maxParallel: parallel }),
});
const state = await sweep.finished;
const seconds = (performance.now() - start) / 1000;
clearTimeout(timer);
if (state.counts.success !== runs) throw new Error(`only ${state.counts.success} of ${runs} runs succeeded`);

delays.sort((a, b) => a - b);
const quantile = (q: number) =>
  Math.max(0, delays[Math.min(delays.length - 1, Math.floor(q * delays.length))] ?? 0);
console.log(
  JSON.stringify({
    seconds,
    startCpu,
    p50: quantile(0.5),
    p99: quantile(0.99),
    max: quantile(1),
    ballast: ballast.length,
  }),
);
