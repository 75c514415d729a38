// The program side of controlledCommand.ts: tells the test that it runs, and does what the test says.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [socketPath, ...args] = process.argv.slice(2);
const socket = connect(socketPath);
const { MULTIRUN_RUN, MULTIRUN_SLOT, MULTIRUN_PARAMS, MULTIRUN_RESULTS } = process.env;
const multirun = { MULTIRUN_RUN, MULTIRUN_SLOT, MULTIRUN_PARAMS, MULTIRUN_RESULTS };
const say = (message) => socket.write(`${JSON.stringify(message)}\n`);

say({ type: 'hello', pid: process.pid, cwd: process.cwd(), args, env: process.env, multirun });
// Without a test there is nothing to wait for.
socket.on('error', () => process.exit(99)).on('close', () => process.exit(99));

createInterface({ input: socket }).on('line', (line) => {
  const order = JSON.parse(line);
  switch (order.type) {
    case 'exit':
      // What was written before must be out: a pipe or file write is not always done at once.
      process.stdout.write('', () => process.stderr.write('', () => process.exit(order.code)));
      break;
    case 'print':
      process[order.stream].write(order.text, () => say({ type: 'done' }));
      break;
    case 'ignoreSigterm':
      process.on('SIGTERM', () => say({ type: 'sigterm' }));
      say({ type: 'done' });
      break;
    case 'spawn': {
      const child = spawn(process.execPath, [process.argv[1], socketPath, ...order.args], {
        stdio: 'inherit',
        detached: order.detached,
      });
      child.unref();
      say({ type: 'done' });
      break;
    }
    default:
      throw new Error(`unknown order ${order.type}`);
  }
});
