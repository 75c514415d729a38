import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** The folder that the runner puts on a run's PYTHONPATH, as it stands in the sources. */
export const moduleFolder = path.resolve(import.meta.dirname, '../../../media/python');

/** The interpreter itself, not a launcher such as pyenv's; undefined where there is none. */
const interpreter = answer('python3', ['-c', 'import sys; print(sys.executable)']);
export const python = interpreter ?? 'python3';
export const hasPython = interpreter !== undefined;
/** Whether that Python has NumPy. */
export const hasNumpy = hasPython && answer(python, ['-c', 'import numpy']) !== undefined;
if (!hasPython) console.warn('skipped: what needs Python, since there is no python3 on the PATH');
else if (!hasNumpy) console.warn(`skipped: results with NumPy, since ${python} has no module numpy`);

function answer(command: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** The environment of a program inside a run. */
export function pythonEnvironment(variables: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { MULTIRUN_PARAMS, MULTIRUN_RESULTS, ...env } = process.env;
  return { ...env, PYTHONPATH: moduleFolder, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', ...variables };
}

/** A run directory, with what Multirun would put there. */
export interface RunDirectory {
  readonly folder: string;
  readonly variables: { readonly MULTIRUN_PARAMS: string; readonly MULTIRUN_RESULTS: string };
  has(name: string): boolean;
  text(name: string): string;
  /** What is in results.json. */
  results(): unknown;
}

/** A run directory that is gone when the test has finished. */
export function runDirectory(params: unknown = {}): RunDirectory {
  const folder = mkdtempSync(path.join(tmpdir(), 'multirun-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, 'params.json'), JSON.stringify(params));
  const text = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  return {
    folder,
    variables: {
      MULTIRUN_PARAMS: path.join(folder, 'params.json'),
      MULTIRUN_RESULTS: path.join(folder, 'results.json'),
    },
    has: (name) => existsSync(path.join(folder, name)),
    text,
    results: () => JSON.parse(text('results.json')),
  };
}

/** How a Python program ended. */
export interface PythonEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Python program to its end; it finds the module as a run does. */
export function runPython(source: string, variables: Record<string, string> = {}): PythonEnd {
  const { status, stdout, stderr } = spawnSync(python, ['-'], {
    input: source,
    encoding: 'utf8',
    env: pythonEnvironment(variables),
  });
  return { code: status, stdout, stderr };
}

/** What `post_run_results(EXPRESSION)` makes of a Python expression, after some lines of preparation. */
export function posted(expression: string, preparation = ''): RunDirectory {
  const run = runDirectory();
  const { code, stderr } = runPython(
    `import multirun\n${preparation}\nmultirun.post_run_results(${expression})\n`,
    run.variables,
  );
  if (code !== 0) throw new Error(stderr);
  return run;
}
