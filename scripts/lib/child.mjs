// Child processes of the scripts.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { windows } from './paths.mjs';
import { Failure } from './say.mjs';

const lastLines = 40;
const keptCharacters = 20_000;

/** Whether Ctrl-C can be typed: then the terminal sends it to us and to our children alike. */
const terminal = process.stdin.isTTY || process.stderr.isTTY;

/**
 * Runs a program in the foreground: it shares our input and output, and gets each signal that we get, once. Returns its exit
 * code, 128 and more when a signal ended it.
 */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    // Without a terminal, what is sent to our process group must not reach the child a second time through us.
    detached: !terminal && !windows,
    ...options,
  });
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !terminal) child.kill(signal);
  };
  const { code, signal } = await whileHandling(forward, () => endOf(child, command));
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a program whose output matters only when it fails: then it is part of the {@link Failure} that is thrown. The program
 * leads a process group of its own, so that stopping it stops what it started too.
 */
export async function runQuietly(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    // npm is a .cmd file on Windows, which only the shell starts.
    shell: windows && !command.endsWith('.exe'),
    ...options,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output = (output + chunk).slice(-keptCharacters);
    });
  }
  let stoppedBy;
  const stop = (signal) => {
    stoppedBy = signal;
    killTree(child);
  };
  const { code, signal } = await whileHandling(stop, () => endOf(child, command));
  if (stoppedBy) throw new Failure(`Stopped by ${stoppedBy}.`);
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-lastLines).join('\n');
    const where = options.cwd ? ` in ${options.cwd}` : '';
    throw new Failure(
      `${tail}\n\n${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}${where}.`,
    );
  }
}

/** Runs npm. */
export function npm(args, options) {
  return runQuietly('npm', args, options);
}

function endOf(child, command) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        error.code === 'ENOENT'
          ? new Failure(`${command} was not found on PATH. Install it and try again.`)
          : error,
      );
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

async function whileHandling(onSignal, work) {
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

function killTree(child) {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
