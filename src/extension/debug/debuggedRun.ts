import { readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DebuggedCommand } from '../../core/debug/debugConfiguration.ts';
import { runEnvironment } from '../../core/runner/runEnvironment.ts';
import { sweepNames } from '../../core/sweepDirectory/layout.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { createTryDirectory } from '../../core/sweepDirectory/tryDirectory.ts';
import { commandFor } from '../run/commandFor.ts';
import { oneLine } from '../text/format.ts';

const largestCompared = 10_000_000;

/**
 * A fresh directory for trying a run, and the run's command in it. Where an input has changed since the sweep was started, a
 * person says which of the two is meant; undefined when they mean neither.
 */
export async function prepareTry(view: SweepView, run: number): Promise<DebuggedCommand | undefined> {
  const changed = await changedInputs(view);
  const fromOriginals = changed.length === 0 ? false : await askWhich(changed);
  if (fromOriginals === undefined) return undefined;
  const cwd = await createTryDirectory({
    sweepDirectory: view.directory,
    header: view.header,
    run,
    params: view.params(run),
    fromOriginals,
  });
  const { argv, env } = commandFor(view, run, cwd);
  return { argv, cwd, env: { ...addedToAll(), MULTIRUN_SLOT: '0', ...env } };
}

/** What every run finds in its environment beside what it inherits. */
function addedToAll(): Record<string, string> {
  const all = runEnvironment();
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => process.env[name] !== value));
}

/** The shared inputs whose originals say something else than the sweep's copies. */
async function changedInputs({ directory, header }: SweepView): Promise<string[]> {
  const changed = await Promise.all(
    header.inputs.map(async ({ path, linkage, name }) => {
      if (linkage !== 'shared') return [];
      const copy = join(directory, sweepNames.inputs, name);
      const sizes = await Promise.all([path, copy].map((file) => stat(file).catch(() => undefined)));
      const [original, kept] = sizes;
      if (original === undefined || !original.isFile() || kept === undefined) return [];
      if (original.size !== kept.size) return [path];
      if (original.size > largestCompared) return [];
      const [now, then] = await Promise.all([readFile(path), readFile(copy)]);
      return now.equals(then) ? [] : [path];
    }),
  );
  return changed.flat();
}

async function askWhich(changed: readonly string[]): Promise<boolean | undefined> {
  const asItWas = t('As It Was');
  const asItIs = t('As It Is Now');
  const names = changed.map((path) => basename(path)).join(', ');
  const answer = await vscode.window.showWarningMessage(
    changed.length === 1
      ? t('“{0}” has changed since the sweep was started.', oneLine(names, 80))
      : t('{0} inputs have changed since the sweep was started: {1}', changed.length, oneLine(names, 120)),
    { modal: true, detail: t('Breakpoints stand in the file as it is now.') },
    asItWas,
    asItIs,
  );
  return answer === undefined ? undefined : answer === asItIs;
}

/** Where an original stands in a directory in which a run is tried; undefined for what is no input. */
export function placeInTry({ header }: SweepView, directory: string, path: string): string | undefined {
  for (const { path: original, name } of [...header.inputs, ...header.templates]) {
    const inside = relative(original, path);
    if (inside === '') return join(directory, name);
    if (!inside.startsWith('..')) return join(directory, name, inside);
  }
  return undefined;
}
