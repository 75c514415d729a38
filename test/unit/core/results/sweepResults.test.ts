import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bestRun, incompleteRuns } from '../../../../src/core/bestRun.ts';
import { launchSweepFile } from '../../../../src/core/launch.ts';
import { loadSweepFile } from '../../../../src/core/loadSweepFile.ts';
import { runAt } from '../../../../src/core/runTable.ts';
import { openSweep } from '../../../../src/core/sweepDirectory/readSweep.ts';
import { takeUpSweep } from '../../../../src/core/takeUp.ts';
import { temporaryDirectory } from '../../../rig/temporaryDirectory.ts';

/** Runs a sweep file to its end. */
async function run(directory: { at(...parts: string[]): string }, text: string) {
  writeFileSync(directory.at('a.sweep.yaml'), text);
  const loaded = await loadSweepFile(directory.at('a.sweep.yaml'));
  expect(loaded.diagnostics).toEqual([]);
  const sweep = await launchSweepFile(loaded);
  const state = await sweep.finished;
  return { sweep, state, runs: Array.from({ length: state.total }, (_, id) => runAt(state.runs, id)) };
}

const resultsIn = (directory: string, id: number) =>
  JSON.parse(readFileSync(`${directory}/runs/${id}/results.json`, 'utf8'));

describe('the results of a sweep', () => {
  test('come from a file, from what was printed and from the exit code, together', async () => {
    await using directory = await temporaryDirectory();
    const { sweep, runs, state } = await run(
      directory,
      `cmd: [sh, -c, 'echo "step,loss\\n1,9\\n2,$1" >history.csv; echo "cost: $(($1 * 2))"; echo "took 3 s" >&2; exit $1', sh, "\${x}"]
parameters: {x: [0, 5, 7]}
results:
  file: history.csv
  stdout: {cost: 'cost: (\\d+)'}
  stderr: {seconds: 'took (\\d+)'}
  exit_code: [5]
metric: {name: loss, goal: maximize}
`,
    );
    expect([0, 1, 2].map((id) => resultsIn(sweep.directory, id))).toEqual([
      { step: 2, loss: 0, cost: 0, seconds: 3, exit_code: 0 },
      { step: 2, loss: 5, cost: 10, seconds: 3, exit_code: 5 },
      { step: 2, loss: 7, cost: 14, seconds: 3, exit_code: 7 },
    ]);
    // The code 5 is an answer, 7 is none; a failed run is not the best, whatever its metric.
    expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'failure']);
    expect(bestRun(state, { goal: 'maximize' })).toEqual({ run: 1, value: 5 });
    expect(runs[2]).toMatchObject({ failure: { reason: 'exit-code', code: 7 }, metric: 7 });
  });

  test('stand there when their event is seen', async () => {
    await using directory = await temporaryDirectory();
    writeFileSync(
      directory.at('a.sweep.yaml'),
      'cmd: [sh, -c, "echo cost: $1", sh, "${x}"]\nparameters: {x: [1, 2, 3]}\nresults: {stdout: {cost: "cost: (.*)"}}\n',
    );
    const sweep = await launchSweepFile(await loadSweepFile(directory.at('a.sweep.yaml')));
    const there = await Promise.all(
      sweep.runner.runs.map(async (run) => {
        while (run.status !== 'success') await new Promise((resolve) => setImmediate(resolve));
        return existsSync(`${run.directory}/results.json`);
      }),
    );
    expect(there).toEqual([true, true, true]);
    await sweep.finished;
  });

  test('that are missing are told with the run, and in the journal', async () => {
    await using directory = await temporaryDirectory();
    const { sweep, state } = await run(
      directory,
      'cmd: [sh, -c, "test $1 = 1 || echo {} >out.json", sh, "${x}"]\nparameters: {x: [1, 2]}\nresults: {file: out.json}\nmetric: {name: loss}\n',
    );
    const expected = [
      { run: 0, problems: ['out.json was not written', 'there is no number "loss", the metric'] },
      { run: 1, problems: ['there is no number "loss", the metric'] },
    ];
    expect([...incompleteRuns(state)]).toEqual(expected);
    expect([...incompleteRuns((await openSweep(sweep.directory)).state)]).toEqual(expected);
  });

  test('of any exit code are a success where the code is the result; not where the program was not found or a signal ended it', async () => {
    await using directory = await temporaryDirectory();
    const { sweep, runs } = await run(
      directory,
      'cmd: [sh, -c, "${what}"]\nparameters: {what: [exit 0, exit 3, exit 255, kill -9 $$]}\nresults: {exit_code: true}\n',
    );
    expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success', 'failure']);
    expect([0, 1, 2].map((id) => resultsIn(sweep.directory, id).exit_code)).toEqual([0, 3, 255]);
    const gone = await run(
      directory,
      'cmd: [./no-such-program]\nparameters: {x: [1]}\nresults: {exit_code: true}\n',
    );
    expect(gone.runs).toMatchObject([{ status: 'failure', failure: { reason: 'spawn-error' } }]);
  });

  test('that the program hands over stay, and a run that is run again has results of its own', async () => {
    await using directory = await temporaryDirectory();
    const { sweep } = await run(
      directory,
      `cmd: [sh, -c, 'test -d attempts && echo cost: 2 || { echo cost: 1; echo "{\\"cost\\": 7}" >"$MULTIRUN_RESULTS"; }', sh]
parameters: {x: [1]}
results: {stdout: {cost: 'cost: (.*)', also: 'cost: (.*)'}}
metric: {name: cost}
`,
    );
    expect(resultsIn(sweep.directory, 0)).toEqual({ cost: 7, also: 1 });
    const again = await takeUpSweep(sweep.directory, { kind: 'rerun', runs: [0] });
    const state = await again.finished;
    expect(resultsIn(sweep.directory, 0)).toEqual({ cost: 2, also: 2 });
    expect(JSON.parse(readFileSync(`${sweep.directory}/runs/0/attempts/1/results.json`, 'utf8'))).toEqual({
      cost: 7,
      also: 1,
    });
    expect(runAt(state.runs, 0)).toMatchObject({ metric: 2 });
  });
});
