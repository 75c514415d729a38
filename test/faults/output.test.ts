import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runLabel } from '../../src/core/sweepDirectory/layout.ts';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';
import { count, isLong } from './rig/figures.ts';
import { orphansOf } from './rig/processes.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const mega = 1_000_000;
/** Searching a log piece by piece leaves some garbage; holding one takes as much as it is long, and more. */
const mostMegabytes = 120;

/** Runs the command line; resolves to its exit code, what it printed and the most memory that it took, in bytes. */
async function commandLine(...args: string[]): Promise<{ code: number; stdout: string; peak: number }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const ended = once(child, 'close');
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, await peakOf(child.pid ?? 0));
    await delay(20);
  }
  const [code] = await ended;
  return { code, stdout, peak };
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

async function runScript(directory: string, name: string, script: string) {
  const file = `${directory}/${name}.sweep.yaml`;
  const output = `${directory}/${name}`;
  const content = {
    cmd: ['sh', '-c', script],
    runs: [{}],
    output_path: output,
    results: { stdout: { loss: 'loss = ([0-9.]+)' } },
  };
  writeFileSync(file, JSON.stringify(content));
  const ended = await commandLine('run', file);
  const size = statSync(`${output}/runs/${runLabel(0, 1)}/stdout.log`).size;
  return { ...ended, output, size };
}

const megabytes = isLong ? 5000 : 200;
const lineMegabytes = isLong ? 1000 : 50;
const said = 'echo; echo "loss = 0.25"';

test.each([
  {
    fault: `${megabytes} MB of lines in a log`,
    bytes: megabytes * mega,
    source: `yes | head -c ${megabytes * mega}`,
  },
  {
    fault: `A line of ${lineMegabytes} MB in a log`,
    bytes: lineMegabytes * mega,
    source: `head -c ${lineMegabytes * mega} /dev/zero | tr '\\0' x`,
  },
  { fault: 'Binary garbage in a log', bytes: 20 * mega, source: `head -c ${20 * mega} /dev/urandom` },
])(
  '$fault: the run succeeds, its result is found, and nothing is held in memory',
  async ({ fault, bytes, source }) => {
    await using home = await temporaryDirectory();
    const quiet = await runScript(home.path, 'quiet', said);
    const loud = await runScript(home.path, 'loud', `${source}; ${said}`);
    const failing = await runScript(home.path, 'failing', `${source}; ${source} >&2; exit 3`);
    const status = await commandLine('status', loud.output, '--json');
    const view = await openSweep(loud.output);
    const orphans = await orphansOf(home.path);
    const isKept = loud.size === bytes + '\nloss = 0.25\n'.length && failing.size === bytes;
    count({ fault, faults: 2, runs: 2, lost: isKept ? 0 : 1, twice: 0, orphans: orphans.length });
    expect({ isKept, orphans, codes: [loud.code, failing.code, status.code] }).toEqual({
      isKept: true,
      orphans: [],
      codes: [0, 1, 0],
    });
    expect(await view.results(0)).toEqual({ loss: 0.25 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal.
    expect(failing.stdout).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
    expect(failing.stdout.length).toBeLessThan(5000);
    for (const { peak } of [loud, failing, status])
      expect((peak - quiet.peak) / mega).toBeLessThan(mostMegabytes);
  },
  1_200_000,
);
