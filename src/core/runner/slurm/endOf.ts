import { runDirectory } from '../../sweepDirectory/layout.ts';
import type { NodeEvent } from '../../sweepDirectory/nodeFiles.ts';
import { readExit } from '../../sweepDirectory/recover.ts';
import { commandOf } from '../commandOf.ts';
import { explainSpawnFailure } from '../spawnFailure.ts';
import type { Carried, RunEnd } from './carried.ts';

/** How a run ended that a node has brought to its end; a program that could not be started is named. */
export async function endOf(
  { sweep, slurm, environment }: Pick<Carried, 'sweep' | 'slurm' | 'environment'>,
  event: Extract<NodeEvent, { readonly type: 'succeeded' | 'failed' }>,
): Promise<RunEnd> {
  const { run, at } = event;
  const failure = event.type === 'failed' ? event.failure : undefined;
  const place = runDirectory(sweep.directory, run, sweep.header.size);
  // An exit code may be an answer, too.
  const code = (await readExit(place))?.code;
  // After a setup, programs are found elsewhere.
  const isNoProgram = (code === 126 || code === 127) && slurm.setup.length === 0;
  if (!isNoProgram) return { failure, code, at };
  const params = sweep.params(run);
  const { argv } = commandOf(sweep.header, { run, directory: place, params, environment });
  const message = await explainSpawnFailure(argv[0] ?? '', place, environment.PATH ?? '');
  return { failure: message === undefined ? failure : { reason: 'spawn-error', message }, code, at };
}
