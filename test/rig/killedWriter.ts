import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSweep } from '../../src/core/sweepDirectory/readSweep.ts';
import type { ControlledCommand, Invocation } from './controlledCommand.ts';

const writerProgram = fileURLToPath(new URL('./sweepWriter.ts', import.meta.url));

/** What {@link killedWriter} is told. */
export interface KilledWriterOptions {
  /** A new directory for the sweep. */
  readonly directory: string;
  /** How many runs it has. Default: one more than run at a time. */
  readonly runs?: number;
  /** How many run at a time. */
  readonly maxParallel: number;
  readonly program: ControlledCommand;
  /** What happens before it is killed, to the runs that run. Default: nothing. */
  readonly meanwhile?: (running: readonly Invocation[]) => Promise<void>;
}

/**
 * Lets a process of its own run a sweep, and kills that process with SIGKILL as soon as `maxParallel` runs are recorded as
 * running. Resolves to these runs, which go on, in the order of their ids.
 */
export async function killedWriter({
  directory,
  maxParallel,
  runs = maxParallel + 1,
  program,
  meanwhile,
}: KilledWriterOptions): Promise<Invocation[]> {
  const writer = spawn(
    process.execPath,
    [writerProgram, directory, String(runs), String(maxParallel), ...program.cmd],
    { stdio: 'inherit' },
  );
  const running: Invocation[] = [];
  while (running.length < maxParallel) running.push(await program.next());
  // A process may say hello before its start is recorded.
  const watcher = watch(directory);
  const view = await openSweep(directory);
  while (view.state.counts.running < maxParallel) {
    await once(watcher, 'change');
    await view.refresh();
  }
  watcher.close();
  running.sort((a, b) => Number(a.env.MULTIRUN_RUN) - Number(b.env.MULTIRUN_RUN));
  await meanwhile?.(running);
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  return running;
}

/** The journal as it would be had its writer died before it could record these events. */
export function forgetEvents(
  directory: string,
  isForgotten: (event: { type: string; run?: number }) => boolean,
): void {
  const path = `${directory}/journal.jsonl`;
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.filter((line) => line === '' || !isForgotten(JSON.parse(line))).join('\n'));
}

/** Resolves when a file exists and is not empty. */
export async function written(directory: string, name: string): Promise<void> {
  const path = `${directory}/${name}`;
  const watcher = watch(directory);
  while (!existsSync(path) || readFileSync(path).length === 0) await once(watcher, 'change');
  watcher.close();
}

/** Lets a run end that no writer watches any more; resolves when its exit code is written. */
export async function finish(run: Invocation, code: number): Promise<void> {
  run.exit(code);
  await written(run.cwd, 'exit');
}

/** The process that has started another one. */
export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
