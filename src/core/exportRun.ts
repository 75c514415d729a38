import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MultirunError, systemCode } from './errors.ts';
import { commandOf } from './runner/commandOf.ts';
import { quote } from './runner/quote.ts';
import { runSideDirectory } from './runner/runEnvironment.ts';
import { storedInput } from './sweepDirectory/inputs.ts';
import { runNames, sweepNames } from './sweepDirectory/layout.ts';
import type { SweepView } from './sweepDirectory/sweepView.ts';
import { templateFiller } from './sweepDirectory/templates.ts';

/** Stands for the run's directory until the script knows where it is. No parameter can guess it. */
const somewhere = `/${crypto.randomUUID()}`;

/**
 * Writes a folder that repeats a run without Multirun: `run.sh`, the directory `run` with its parameters and inputs, and the
 * modules that programs import. The folder can be moved and given away. Throws a MultirunError: `output-exists` for a
 * target that is there, `missing-input` for an input that is gone; then nothing is left.
 */
export async function exportRun(
  view: SweepView,
  run: number,
  target: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const folder = resolve(target);
  await makeFolder(folder);
  try {
    const place = join(folder, 'run');
    await mkdir(place);
    await writeFile(join(place, runNames.params), `${JSON.stringify(view.params(run), undefined, 2)}\n`);
    const { header, store } = view.revisionOf(run);
    for (const input of header.inputs) {
      const source = storedInput(store, input);
      if (!(await stat(source).catch(() => undefined))) {
        throw new MultirunError(
          'missing-input',
          `the input ${source} is gone, and the sweep keeps no copy of it; nothing was exported`,
        );
      }
      await mkdir(dirname(join(place, input.name)), { recursive: true });
      await cp(source, join(place, input.name), { recursive: true, dereference: true });
    }
    if (header.templates.length > 0) await templateFiller(store, header.templates)(place, view.params(run));
    await cp(runSideDirectory(), join(folder, 'multirun'), { recursive: true });
    const diff = header.provenance.git?.diff?.file;
    if (diff) await cp(join(store, sweepNames.diff), join(folder, sweepNames.diff));
    await writeFile(join(folder, 'run.sh'), scriptOf(view, run, environment), { mode: 0o755 });
  } catch (error) {
    // It is ours alone, made a moment ago.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(folder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new MultirunError(
      'output-exists',
      `${folder} exists already; choose a folder that does not, so that nothing is overwritten`,
    );
  }
}

function scriptOf(view: SweepView, run: number, environment: NodeJS.ProcessEnv): string {
  const { header } = view.revisionOf(run);
  const { label } = view;
  const params = view.params(run);
  const { argv, env } = commandOf(header, { run, directory: somewhere, params, environment });
  const exports = Object.entries({ ...env, MULTIRUN_SLOT: '0' });
  const recorded = Object.entries(header.provenance.environment ?? {});
  return `${[
    '#!/bin/sh',
    ...comments(view, run).map((line) => `# ${line}`),
    '',
    'here=$(cd -- "$(dirname -- "$0")" && pwd) || exit',
    'cd -- "$here/run" || exit',
    '',
    'export PYTHONPATH="$here/multirun/python${PYTHONPATH:+:$PYTHONPATH}"',
    'export NODE_PATH="$here/multirun/node${NODE_PATH:+:$NODE_PATH}"',
    ...exports.map(([name, value]) => `export ${name}=${shellWord(value)}`),
    ...(recorded.length > 0 ? ['', '# As it was; what you set yourself stays.'] : []),
    ...recorded.map(([name, value]) => `[ -n "\${${name}+set}" ] || export ${name}=${quote(value)}`),
    '',
    `echo ${quote(`run ${label(run)}: results go to run/${runNames.results}`)} >&2`,
    `exec ${argv.map(shellWord).join(' ')}`,
  ].join('\n')}\n`;
}

/** Where it comes from, a line each: text of others is written as JSON, which has no line breaks. */
function comments({ label, revisionOf }: SweepView, run: number): string[] {
  const { header } = revisionOf(run);
  const { git, host, os, command } = header.provenance;
  return [
    `Run ${label(run)} of the sweep ${JSON.stringify(header.name)} of ${header.createdAt}, on ${JSON.stringify(host)}.`,
    ...(os === undefined ? [] : [`System: ${JSON.stringify(os)}`]),
    ...(command ? [`Program: ${JSON.stringify(command)}`] : []),
    ...(git ? [`git commit ${JSON.stringify(git.commit)}${git.dirty ? ', with changes' : ''}`] : []),
    ...(git?.diff?.file ? [`What had been changed since: ${sweepNames.diff}`] : []),
  ];
}

/** A word of the script that is one argument, whatever it holds; the run's directory in it is found when the script runs. */
function shellWord(word: string): string {
  return word.split(somewhere).map(quote).join('"$PWD"');
}
