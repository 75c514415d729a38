import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Reads the lines that a growing file gained since the last time. */
export interface LineTail {
  /** The complete lines that are new; a last line without its newline waits for the rest of it. */
  read(): Promise<string[]>;
}

const chunkBytes = 1 << 20;

/** Follows a file that others append to, from a byte on. A file that does not exist yet has no lines. */
export function lineTail(path: string, start = 0): LineTail {
  let offset = start;
  let rest = Buffer.alloc(0);
  return {
    async read() {
      const lines: string[] = [];
      const file = await open(path, 'r').catch((error: unknown) => {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (!file) return lines;
      try {
        for (;;) {
          const { bytesRead, buffer } = await file.read(
            Buffer.allocUnsafe(chunkBytes),
            0,
            chunkBytes,
            offset,
          );
          if (bytesRead === 0) return lines;
          offset += bytesRead;
          const text = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
          const end = text.lastIndexOf(0x0a) + 1;
          rest = Buffer.from(text.subarray(end));
          if (end > 0) for (const line of text.toString('utf8', 0, end - 1).split('\n')) lines.push(line);
        }
      } finally {
        await file.close();
      }
    },
  };
}
