import { type RunEnvironment, runEnvironment } from '../../core/runner/runEnvironment.ts';
import { readSettings } from '../settings.ts';
import { withoutEditor } from './environment.ts';

/** The environment of this window's sweeps, whose runs inherit it; in it Slurm's programs are where the setting says. */
export function sweepEnvironment(): RunEnvironment {
  return runEnvironment({ ...withoutEditor(process.env), ...slurmVariables() });
}

/** The variables by which a sweep finds Slurm's programs where they are not on the PATH. */
export function slurmVariables(): Record<string, string> {
  const places = Object.entries(readSettings.slurmCommands()).filter(([, path]) => path !== '');
  return Object.fromEntries(places.map(([program, path]) => [`MULTIRUN_${program.toUpperCase()}`, path]));
}
