import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { Slurm } from '../../rig/slurm/slurm.ts';

/** Kills a node's daemon and everything that it has started, as a machine does that loses its power. */
export async function killNode(slurm: Slurm, node: string): Promise<void> {
  const spool = `${slurm.root}/spool.${node}/`;
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').map((line) => {
    const [pid = '', parent = '', ...words] = line.trim().split(/\s+/);
    return { pid, parent, text: words.join(' ') };
  });
  const doomed = new Set([String(await slurm.pid(node))]);
  // The script of each task, and the slurmstepd that has started it.
  for (const { pid, parent, text } of processes) if (text.includes(spool)) doomed.add(parent).add(pid);
  for (let size = 0; size !== doomed.size; ) {
    size = doomed.size;
    for (const { pid, parent } of processes) if (doomed.has(parent)) doomed.add(pid);
  }
  doomed.delete('1');
  for (const pid of doomed) {
    const isThere = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (isThere !== undefined) process.kill(Number(pid), 'SIGKILL');
  }
}
