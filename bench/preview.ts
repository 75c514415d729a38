/**
 * How long a preview takes from a typed character to its first rows: reading and checking the text, planning 100,000 runs,
 * comparing them with the last sweep, and making a page. The goal is 100 ms.
 *
 *     npm run bench:preview
 */
import { loadSweepFile } from '../src/core/loadSweepFile.ts';
import { createPreviewController } from '../src/extension/preview/controller.ts';
import type { ToPreview } from '../src/extension/preview/protocol.ts';

const rounds = 15;

const grid = (first: number) => `cmd: [lander, "\${mass}", "\${thrust}", "\${solver}"]
parameters:
  mass: {min: ${first}, max: ${first + 99}, steps: 100}
  thrust: {min: 1.0, max: 2.0, steps: 100}
  solver: [rk4, euler]
  seed: {min: 0, max: 4, step: 1}
`;
const variants: Record<string, (first: number) => string> = {
  'grid of 100,000 runs': grid,
  '100,000 Sobol points': (first) =>
    `${grid(first)}method: sobol\nsamples: 100000\nseed: 1\n`
      .replace('mass: {', 'mass: {distribution: uniform, ')
      .replaceAll(/, steps?: \d+/g, ''),
  'grid with an expression that leaves out a tenth': (first) => `${grid(first)}exclude: thrust > 1.9\n`,
};

async function measure(
  variant: (first: number) => string,
): Promise<{ size: number; rows: number[]; times: number[] }> {
  const path = '/bench/sweep.yaml';
  const load = (first: number) => loadSweepFile(path, variant(first), { seed: 0 });
  const before = (await load(900)).runnable?.plan;
  if (before === undefined) throw new Error((await load(900)).diagnostics[0]?.message);
  let told: ToPreview | undefined;
  let firstTold: number | undefined;
  const controller = createPreviewController(
    (message) => {
      told = message;
      firstTold ??= performance.now();
    },
    () => new Promise((resolve) => setImmediate(resolve)),
  );
  const times: number[] = [];
  const rows: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    firstTold = undefined;
    const startedAt = performance.now();
    await controller.show({
      source: '',
      loaded: await load(900 + round),
      last: { directory: path, when: '', runs: before },
      earlier: [],
      allowedParallel: (wanted) => wanted,
      isTrusted: true,
      locale: 'en',
    });
    if (told?.type !== 'plan' || told.page?.rows.length === 0) throw new Error('nothing was shown');
    // The first round also remembers the runs of the last sweep.
    if (round === 0) continue;
    times.push(performance.now() - startedAt);
    rows.push((firstTold ?? Number.NaN) - startedAt);
  }
  return { size: before.size, rows, times };
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
  return `median ${at(0.5)} ms (${at(0)} to ${at(1)})`;
}

for (const [name, variant] of Object.entries(variants)) {
  const { size, rows, times } = await measure(variant);
  console.log(`${name}: ${size.toLocaleString('en')} runs`);
  console.log(`  rows are shown after           ${spread(rows)}`);
  console.log(`  and what is new, kept and gone ${spread(times)}`);
}
