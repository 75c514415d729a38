import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

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
const mostBytes = 64 * 1024;

/** Follows a log that need not exist yet. A log that grows faster than it is read loses what lies between. */
export function tailLog(path: string): LogTail {
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

/** The end of a log as text; empty where there is no log. */
export async function endOfLog(path: string): Promise<string> {
  return (await tailLog(path).read())?.text ?? '';
}
