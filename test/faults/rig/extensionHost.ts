import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process of Node that is looked into through its inspector. */
export interface Inspected extends Disposable {
  /** What it holds in memory once garbage is collected, outside of JavaScript too; in bytes. */
  heldBytes(): Promise<number>;
}

/** Opens the inspector of a running process, which Node does when it gets SIGUSR1, and connects to it. */
export async function inspect(pid: number): Promise<Inspected> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(pid));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const answers = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    answers.get(id)?.(result);
    answers.delete(id);
  });
  let count = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      const id = ++count;
      answers.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
  const memory = 'JSON.stringify(process.memoryUsage())';
  const held = async (): Promise<number> => {
    await ask('HeapProfiler.collectGarbage');
    const answer = (await ask('Runtime.evaluate', { expression: memory })) as { result: { value: string } };
    const { heapUsed, external } = JSON.parse(answer.result.value);
    return heapUsed + external;
  };
  return { heldBytes: held, [Symbol.dispose]: () => socket.close() };
}

/** Finds the inspector among the ports that a process listens on: which one it takes is decided by how it was started. */
async function addressOf(pid: number): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    for (const port of portsOf(pid)) {
      const targets = await fetch(`http://127.0.0.1:${port}/json/list`).then(
        (response) => response.json() as Promise<{ webSocketDebuggerUrl?: string }[]>,
        () => [],
      );
      const address = targets[0]?.webSocketDebuggerUrl;
      if (address !== undefined) return address;
    }
    await delay(50);
  }
  throw new Error(`process ${pid} opens no inspector`);
}

/** The ports of IPv4 that a process listens on. */
function portsOf(pid: number): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
      } catch {
        // It was closed while we looked.
        return [];
      }
    }),
  );
  const listening = '0A';
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && sockets.has(fields[9] ?? ''))
    .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '', 16));
}
