import { existsSync } from 'node:fs';
import { directLauncher } from './directLauncher.ts';
import type { LaunchFactory } from './launcher.ts';
import { shellLauncher } from './shellLauncher.ts';

/** The launcher for this system: a resident shell where there is one, else each process directly. */
export const chooseLauncher: LaunchFactory = (slot, env, nice) => {
  const own = { ...env, MULTIRUN_SLOT: String(slot) };
  return process.platform !== 'win32' && existsSync('/bin/sh')
    ? shellLauncher(own, { nice })
    : directLauncher(own, nice);
};
