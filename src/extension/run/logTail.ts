import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { sizeOf } from '../files.ts';

/** What a log gained, or its end where it is told for the first time. */
export interface LogPart {
  readonly how: 'begin' | 'append';
  readonly text: string;
  /** Whether the log has more before the text. */
  readonly isCut: boolean;
  /** Of the whole log, in bytes. */
  readonly size: number;
}

/** Follows the end of a log. */
export interface LogTail {
  /** What is new since the last call; undefined when nothing is. The first time, and when a log was replaced, it begins anew. */
  read(): Promise<LogPart | undefined>;
}

/** More of a log's end than this is not shown. */
const shownBytes = 64 * 1024;

/** Follows a log that need not exist yet. A log that grows faster than it is read loses what lies between. */
export function tailLog(path: string, mostBytes = shownBytes): LogTail {
  /** Of the file that was read; 0 where there was none. */
  let inode: number | undefined;
  let offset = 0;
  let decoder = new StringDecoder('utf8');
  return {
    async read() {
      const file = await open(path, 'r').catch(() => undefined);
      if (file === undefined) {
        const isKnown = inode === 0;
        inode = 0;
        offset = 0;
        return isKnown ? undefined : { how: 'begin', text: '', isCut: false, size: 0 };
      }
      try {
        const { ino, size } = await file.stat();
        const isNew = ino !== inode || size < offset;
        if (!isNew && size === offset) return undefined;
        const from = isNew || size - offset > mostBytes ? Math.max(0, size - mostBytes) : offset;
        const begins = from !== offset || isNew;
        if (begins) decoder = new StringDecoder('utf8');
        inode = ino;
        const bytes = await readFrom(file, from, size);
        offset = from + bytes.length;
        const text = decoder.write(begins && from > 0 ? afterFirstLine(bytes) : bytes);
        return { how: begins ? 'begin' : 'append', text, isCut: begins && from > 0, size: offset };
      } finally {
        await file.close();
      }
    },
  };
}

async function readFrom(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The first line of a cut log is the end of one. */
function afterFirstLine(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(end + 1);
}

/** The last `mostBytes` of a log as text; empty where there is no log. */
export async function endOfLog(path: string, mostBytes: number): Promise<string> {
  return (await tailLog(path, mostBytes).read())?.text ?? '';
}

/** A log whose end begins further from its beginning than this is not counted through. */
const mostCounted = 100_000_000;

/** How many lines of a log stand before what {@link endOfLog} gives; 0 also where that would take long to count. */
export async function linesBeforeEnd(path: string, mostBytes: number): Promise<number> {
  const before = ((await sizeOf(path)) ?? 0) - mostBytes;
  if (before <= 0 || before > mostCounted) return 0;
  // The line that the end begins in is left out of it.
  let count = 1;
  for await (const chunk of createReadStream(path, { end: before - 1 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) count++;
  }
  return count;
}
