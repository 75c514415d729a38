import { setTimeout as delay } from 'node:timers/promises';

/** A process of Node that is looked into through its inspector. */
export interface Inspected extends Disposable {
  /** What it holds in memory once garbage is collected, outside of JavaScript too; in bytes. */
  heldBytes(): Promise<number>;
}

/** Opens the inspector of a running process, which Node does when it gets SIGUSR1, and connects to it. */
export async function inspect(pid: number, port = 9229): Promise<Inspected> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(pid, port));
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

/** The inspector says which process it belongs to: another one may have the port. */
async function addressOf(pid: number, port: number): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const targets = await fetch(`http://127.0.0.1:${port}/json/list`).then(
      (response) => response.json() as Promise<{ title: string; webSocketDebuggerUrl: string }[]>,
      () => [],
    );
    const target = targets.find(({ title }) => title.includes(`[${pid}]`));
    if (target) return target.webSocketDebuggerUrl;
    await delay(50);
  }
  throw new Error(`process ${pid} opens no inspector on port ${port}`);
}
