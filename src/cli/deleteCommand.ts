import { resolve } from 'node:path';
import { deleteSweep } from '../core/deleteSweep.ts';
import { openSweep } from '../core/sweepDirectory/readSweep.ts';
import { confirm } from './confirm.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { countOf } from './text.ts';

/** `multirun delete DIR [--yes]`: deletes a sweep with all its runs, after a question. */
export async function deleteCommand(path: string, { yes }: { readonly yes?: true }): Promise<ExitCode> {
  const { directory, header, state } = await openSweep(resolve(path));
  const what = `${header.name} in ${directory}, with ${countOf(state.total, 'run')}`;
  if (!yes) {
    const answer = await confirm(`Delete ${what}? This cannot be undone.`);
    if (answer === undefined)
      process.stderr.write(
        'multirun: nobody is here to ask, and nothing was deleted; add --yes to delete it.\n',
      );
    if (!answer) return exitCodes.badInput;
  }
  await deleteSweep(directory);
  process.stdout.write(`deleted ${what}\n`);
  return exitCodes.good;
}
