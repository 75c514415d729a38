import { execa } from 'execa';
import { MultirunError } from '../../errors.ts';
import type { RunEnvironment } from '../runEnvironment.ts';
import { explainSpawnFailure } from '../spawnFailure.ts';

/** Slurm's programs that a sweep needs. */
export type SlurmProgram = 'sbatch' | 'squeue' | 'scancel' | 'scontrol' | 'sacct';

/** What one of Slurm's programs said. */
export type SlurmAnswer =
  | { readonly kind: 'done'; readonly stdout: string }
  /** It said no: in its own words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The controller did not answer: nobody knows whether it has heard. */
  | { readonly kind: 'unreachable'; readonly message: string };

/** Calls Slurm's programs. Throws a MultirunError `invalid-argument` where one is not installed. */
export type CallSlurm = (program: SlurmProgram, args: readonly string[]) => Promise<SlurmAnswer>;

/** A controller that is busy answers late; one that has not by then does not; in ms. */
const patienceMs = 60_000;

/** What Slurm's programs say when the controller does not answer, in all versions since 20.11. */
const unreachable =
  /unable to contact slurm controller|unable to establish controller|socket timed out|connection (?:refused|timed out|reset)|zero bytes were transmitted|slurm backup controller in standby|communications? (?:connection failure|shutdown failure)|unexpected message received|(?:temporarily unable|temporarily unavailable)|unable to resolve|can't find an address|no route to host|plugin initialization failed.*auth|munge.*(?:failed|refused)|invalid authentication credential/i;

/**
 * Calls the programs of the cluster that this machine belongs to. They are looked up on the PATH of `env`, unless its
 * variables MULTIRUN_SBATCH, MULTIRUN_SQUEUE … name others.
 */
export function slurmCommands(env: RunEnvironment): CallSlurm {
  return async (program, args) => {
    const file = programOf(program, env);
    const result = await execa(file, args, {
      extendEnv: false,
      // Messages are compared, and lists of tasks must not be cut off.
      env: { ...withoutOptions(env), LC_ALL: 'C', SLURM_BITSTR_LEN: '0', SLURM_TIME_FORMAT: 'standard' },
      reject: false,
      stdin: 'ignore',
      timeout: patienceMs,
      maxBuffer: 1 << 28,
    });
    if (result.exitCode === 0) return { kind: 'done', stdout: result.stdout };
    if (result.code === 'ENOENT' || result.code === 'EACCES') {
      throw new MultirunError(
        'invalid-argument',
        `Slurm's ${program} was not found (${file}); run this on a machine of the cluster, or set MULTIRUN_${program.toUpperCase()} to its path`,
      );
    }
    const message = result.stderr.trim() || result.originalMessage || `${program} failed`;
    const isUnreachable = result.timedOut || unreachable.test(message);
    return { kind: isUnreachable ? 'unreachable' : 'refused', message: tidy(message) };
  };
}

/** Options that a person has set for the programs in general would change what they print. */
function withoutOptions(env: RunEnvironment): RunEnvironment {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:SQUEUE|SACCT|SCANCEL|SBATCH_ARRAY)/.test(name)),
  );
}

/** Where one of Slurm's programs is. */
export function programOf(program: SlurmProgram, env: RunEnvironment): string {
  return env[`MULTIRUN_${program.toUpperCase()}`] || program;
}

function tidy(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('; ');
}

/** Why no sweep can be sent to Slurm from this machine, as far as can be told without asking it; undefined where it can. */
export async function whyNoSlurm(env: RunEnvironment): Promise<string | undefined> {
  return explainSpawnFailure(programOf('sbatch', env), '/', env.PATH ?? '');
}
