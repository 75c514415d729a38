/** What "New Sweep File" writes: it runs as it is, and its comments say what to change. */
export const sweepFileTemplate = `# A sweep runs one command many times, each run with its own parameters in a directory of its own.
# Run it with a click on "Run" above this line, or with "Run Sweep" in the Explorer's context menu.

# The command, word by word. \${name} takes a parameter's value. No shell is involved.
cmd: [echo, "rate \${rate}, size \${size}"]

# The values of each parameter. Here every combination is run: 3 × 2 = 6 runs.
parameters:
  rate: [0.1, 0.01, 0.001]
  size: [32, 64]

# grid: every combination. zip: the first values together, then the second ones, and so on.
method: grid

# Files that every run finds in its directory. Paths are relative to this file.
# input_files: [main.py, data.csv]

# How many runs at the same time, and how long one may take.
runner: {max_parallel: 4}
# timeout: 10 min

# Inside a run, the file named by $MULTIRUN_PARAMS holds its parameters as JSON; what it writes to the file named by
# $MULTIRUN_RESULTS comes back as its results. In Python: from multirun import get_run_params, post_run_results
`;

/** A file of the example. */
export interface ExampleFile {
  readonly name: string;
  readonly text: string;
}

/** A small sweep that needs nothing but Node: how far a ball flies, with drag, by angle and speed. */
export const exampleFiles: readonly ExampleFile[] = [
  {
    name: 'sweep.yaml',
    text: `# How far does a ball fly? 7 angles × 3 speeds = 21 runs of throw.mjs.
name: throw
cmd: [node, throw.mjs]
parameters:
  angle: [15, 25, 35, 40, 45, 55, 65]   # degrees
  speed: [20, 30, 40]                   # metres per second
input_files: [throw.mjs]
runner: {max_parallel: 4}
`,
  },
  {
    name: 'throw.mjs',
    text: `// Throws a ball through the air. Its parameters come from one file, its results go to another.
import { readFileSync, writeFileSync } from 'node:fs';

const { angle, speed } = JSON.parse(readFileSync(process.env.MULTIRUN_PARAMS, 'utf8'));
const drag = 0.005;
const gravity = 9.81;
const step = 0.0005;

let [x, y, time, height] = [0, 0, 0, 0];
let vx = speed * Math.cos((angle * Math.PI) / 180);
let vy = speed * Math.sin((angle * Math.PI) / 180);

while (y >= 0) {
  const v = Math.hypot(vx, vy);
  vx -= drag * v * vx * step;
  vy -= (gravity + drag * v * vy) * step;
  x += vx * step;
  y += vy * step;
  time += step;
  height = Math.max(height, y);
  if (Math.floor(time * 2) > Math.floor((time - step) * 2)) {
    console.log(\`\${time.toFixed(1)} s: \${x.toFixed(1)} m far, \${y.toFixed(1)} m high\`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

console.log(\`landed after \${time.toFixed(2)} s, \${x.toFixed(2)} m away\`);
const results = { distance: Number(x.toFixed(2)), height: Number(height.toFixed(2)), time: Number(time.toFixed(2)) };
writeFileSync(process.env.MULTIRUN_RESULTS, JSON.stringify(results));
`,
  },
];
