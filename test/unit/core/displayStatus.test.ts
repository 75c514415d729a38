import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { displayStatus, type StatusStream } from '../../../src/core/displayStatus.ts';
import { multirunAsync } from '../../../src/core/multirun.ts';
import { ParallelLocalRunner } from '../../../src/core/runner/parallelLocalRunner.ts';
import { controlledCommand } from '../../rig/controlledCommand.ts';
import { temporaryDirectory } from '../../rig/temporaryDirectory.ts';

/** A stream that keeps what was written, and tells when it holds a text. */
function recorder(properties: { isTTY?: boolean; columns?: number } = {}) {
  const stream = Object.assign(new PassThrough(), properties);
  let text = '';
  const waiting = new Set<() => void>();
  stream.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    for (const look of waiting) look();
  });
  return {
    stream: stream as unknown as StatusStream,
    text: () => text,
    said: (wanted: string) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (text.includes(wanted)) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

test('a terminal shows one bar that follows the runs until they have ended', async () => {
  await using program = await controlledCommand();
  await using directory = await temporaryDirectory();
  const runner = new ParallelLocalRunner({ maxParallel: 2 });
  const terminal = recorder({ isTTY: true, columns: 60 });
  let notice: string | undefined;
  const shown = displayStatus(runner, { stream: terminal.stream, name: 'lander', notice: () => notice });
  const sweep = await multirunAsync({
    runs: [{ x: 1 }, { x: 2 }],
    cmd: program.cmd,
    outputPath: directory.at('out'),
    runner,
  });
  const first = await program.next();
  const second = await program.next();
  await terminal.said('0/2 · 2 running');
  first.exit(0);
  await terminal.said('1/2 · 1 running');
  notice = 'Nothing more is started.';
  await terminal.said('Nothing more is started.');
  second.exit(1);
  await sweep.finished;
  await shown;
  expect(stripVTControlCharacters(terminal.text())).toMatch(/\n?lander ━+ 2\/2 · 1 failed · \d:\d\d\n$/);
});

test('elsewhere a line stands for each tenth, and for each failure', async () => {
  await using directory = await temporaryDirectory();
  const runner = new ParallelLocalRunner({ maxParallel: 1 });
  const file = recorder();
  const shown = displayStatus(runner, { stream: file.stream });
  await multirunAsync({
    runs: [{ code: 0 }, { code: 3 }],
    cmd: ['sh', '-c', 'exit "$1"', 'sh', '${code}'],
    outputPath: directory.at('out'),
    runner,
  });
  await shown;
  expect(file.text()).toMatch(
    /^(1 of 2 runs done.*\n)?run 1 failed: exit code 3\n2 of 2 runs done, 1 failed\n$/,
  );
});
