import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SweepEvent } from '../../src/core/event.ts';
import type { Usage } from '../../src/core/failure.ts';
import type { ParamMap } from '../../src/core/run.ts';
import { createSweep, type SweepPlan } from '../../src/core/sweepDirectory/createSweep.ts';
import { encodeEvent } from '../../src/core/sweepDirectory/journalFormat.ts';
import { runDirectory, runNames, sweepNames } from '../../src/core/sweepDirectory/layout.ts';

/** How a run of a recorded sweep ended. */
export interface RecordedRun {
  readonly params: ParamMap;
  /** Default: it succeeded. */
  readonly failure?: Extract<SweepEvent, { type: 'failed' }>['failure'];
  /** Neither started nor ended. */
  readonly pending?: boolean;
  readonly results?: unknown;
  readonly stdout?: string;
  readonly stderr?: string;
  /** What else is in its directory, by relative path. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Default: 1234. */
  readonly durationMs?: number;
  /** Default: nothing was measured. */
  readonly usage?: Usage;
}

/** Writes the directory of a sweep that is over, as if it had been run: `<folder>/multirun/<name>/recorded`. Returns its path. */
export async function recordedSweep(
  folder: string,
  name: string,
  runs: readonly RecordedRun[],
  cmd: readonly string[] = ['echo', 'recorded'],
  more: Partial<Pick<SweepPlan, 'metric' | 'sweepFile'>> = {},
): Promise<string> {
  const { directory, completed } = await createSweep({
    name,
    runs: runs.map(({ params }) => params),
    cmd,
    env: {},
    maxParallel: 4,
    inputs: [],
    sweepFile: undefined,
    ...more,
    output: { path: join(folder, 'multirun', name, 'recorded') },
  });
  await writeFile(join(directory, sweepNames.journal), journalOf(runs).map(encodeEvent).join(''));
  for (const [id, run] of runs.entries()) {
    const { stdout, stderr, files = {} } = run;
    const written = { ...files, [runNames.stdout]: stdout, [runNames.stderr]: stderr };
    if (Object.values(written).every((content) => content === undefined) && run.results === undefined)
      continue;
    const home = runDirectory(directory, id, runs.length);
    await mkdir(home, { recursive: true });
    for (const [name, content] of Object.entries(written)) {
      if (content === undefined) continue;
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), content);
    }
    if (run.results !== undefined) await writeFile(join(home, runNames.results), JSON.stringify(run.results));
    await writeFile(join(home, runNames.params), JSON.stringify(run.params));
  }
  // Whoever deletes the directory would do so while it is written to.
  await completed;
  return directory;
}

function journalOf(runs: readonly RecordedRun[]): SweepEvent[] {
  const begin = Date.now() - 60_000;
  const events: SweepEvent[] = [
    { type: 'sweep', reason: 'opened', at: begin, version: 1, total: runs.length, maxParallel: 4 },
  ];
  for (const [run, { failure, pending, durationMs = 1234, usage }] of runs.entries()) {
    if (pending) continue;
    const at = begin + run;
    events.push({ type: 'started', run, at, attempt: 1, pid: 1, slot: run % 4 });
    events.push(
      failure === undefined
        ? { type: 'succeeded', run, at: at + durationMs, usage }
        : { type: 'failed', run, at: at + durationMs, failure, usage },
    );
  }
  return [...events, { type: 'sweep', reason: 'closed', at: begin + 60_000 }];
}
