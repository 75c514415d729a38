/*
 * A real Slurm for tests: a controller and two nodes on this machine.
 *
 *     await using slurm = await startSlurm();
 *     const { stdout } = await execa('squeue', { env: slurm.env });
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const here = import.meta.dirname;

/** The daemons that a Slurm needs. */
const programs = ['slurmctld', 'slurmd', 'sbatch', 'munged'];

/** Why no Slurm can be started here, or undefined where one can. */
export function slurmMissing(): string | undefined {
  if (process.platform !== 'linux') return 'Slurm runs on Linux only';
  if (process.getuid?.() !== 0) return 'starting a Slurm of our own needs root';
  const missing = programs.filter(
    (program) => spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status !== 0,
  );
  return missing.length === 0
    ? undefined
    : `not installed: ${missing.join(', ')} (Debian: slurmctld slurmd slurm-client munge)`;
}

/** How large the cluster is. */
export interface SlurmOptions {
  /** Default 2. */
  readonly nodes?: number;
  /** Fake CPUs of each node. Default 64. */
  readonly cpus?: number;
  /** MaxArraySize: the highest array index is one less. Default 10,001. */
  readonly maxArraySize?: number;
  /** The first of 20 ports. Default 16800. */
  readonly port?: number;
}

/** A running Slurm; disposing of it cancels its jobs, ends its daemons and removes its state. */
export interface Slurm extends AsyncDisposable {
  readonly root: string;
  /** With this environment Slurm's programs find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Process id of the controller, or of a node's daemon ("n1"). */
  pid(daemon: 'slurmctld' | string): Promise<number>;
  /** Starts again what was killed, and waits until all nodes are well. */
  restart(): Promise<void>;
}

/** Starts a Slurm of our own. Throws where {@link slurmMissing} says why it cannot. */
export async function startSlurm({
  nodes = 2,
  cpus = 64,
  maxArraySize = 10_001,
  port = 16_800,
}: SlurmOptions = {}): Promise<Slurm> {
  const root = await mkdtemp(join(tmpdir(), 'multirun-slurm-'));
  const own = {
    SLURM_TEST_ROOT: root,
    NODES: String(nodes),
    CPUS: String(cpus),
    MAXARRAY: String(maxArraySize),
    PORT: String(port),
  };
  const start = async () => {
    // The daemons keep what they inherit, so that a pipe would never close.
    const said = openSync(join(root, 'start.err'), 'w');
    try {
      const child = spawn(join(here, 'start.sh'), {
        env: { ...process.env, ...own },
        stdio: ['ignore', 'ignore', said],
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`start.sh ended with ${code}`);
    } finally {
      closeSync(said);
    }
  };
  try {
    await start();
  } catch (error) {
    const said = await readFile(join(root, 'start.err'), 'utf8');
    await execa(join(here, 'stop.sh'), { env: own });
    throw new Error(`Slurm did not start: ${said}`, { cause: error });
  }
  return {
    root,
    env: { SLURM_CONF: join(root, 'etc/slurm.conf') },
    pid: async (daemon) => {
      const file = daemon === 'slurmctld' ? 'slurmctld.pid' : `slurmd.${daemon}.pid`;
      return Number(await readFile(join(root, 'run', file), 'utf8'));
    },
    restart: start,
    [Symbol.asyncDispose]: async () => {
      await execa(join(here, 'stop.sh'), { env: own });
    },
  };
}
