// What the scripts say to a person. All of it goes to stderr, so that `npm run multirun` keeps stdout for the program.

/** A failure whose message is all that a person needs: it is printed without a stack. */
export class Failure extends Error {}

/** Prints one line. */
export function say(line = '') {
  process.stderr.write(`${line}\n`);
}

/** Minutes and seconds, as on a clock: 0:07, 2:31. */
export function clock(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Shows that something long is under way: one line that keeps its time on a terminal, an occasional line in a log.
 * Returns what the work returns.
 */
export async function withProgress(what, work) {
  const began = Date.now();
  const terminal = process.stderr.isTTY;
  const line = (end) => `${what} … ${clock(Date.now() - began)}${end}`;
  const draw = terminal ? () => process.stderr.write(`\r\x1b[K${line('')}`) : () => say(line(''));
  draw();
  const timer = setInterval(draw, terminal ? 1000 : 30_000);
  const end = (word) => {
    clearInterval(timer);
    say(`${terminal ? '\r\x1b[K' : ''}${line(` ${word}`)}`);
  };
  try {
    const result = await work();
    end('done');
    return result;
  } catch (error) {
    end('failed');
    throw error;
  }
}

/** Runs a script's main function, which returns the exit code; a {@link Failure} is told in words and ends it with 1. */
export async function main(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    say(error instanceof Failure ? `\n${error.message}` : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
