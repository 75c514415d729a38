import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Reads the lines that a growing file gained since the last time. */
export interface LineTail {
  /** The complete lines that are new; a last line without its newline waits for the rest of it. */
  read(): Promise<string[]>;
  /** The same in pieces, between which others have their turn. */
  pieces(): AsyncGenerator<readonly string[]>;
  /** Where the first line begins that was not read yet, in bytes. */
  position(): number;
}

/**
 * What is read at a time; a longer line makes more room for itself. Texts of 128 KB and more are no young garbage to V8, and
 * cost the memory of all that was ever read until it looks at everything.
 */
const chunkBytes = 64 << 10;

/** Follows a file that others append to, from a byte on. A file that does not exist yet has no lines. */
export function lineTail(path: string, start = 0): LineTail {
  let offset = start;
  let rest = Buffer.alloc(0);
  async function* pieces(): AsyncGenerator<readonly string[]> {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return;
    // One room for all pieces, whose beginning holds what is left of the last line: a journal may be long.
    let room = Buffer.allocUnsafe(Math.max(chunkBytes, 2 * rest.length));
    rest.copy(room);
    let filled = rest.length;
    try {
      for (;;) {
        if (filled === room.length) room = Buffer.concat([room], 2 * room.length);
        const { bytesRead } = await file.read(room, filled, room.length - filled, offset);
        if (bytesRead === 0) return;
        offset += bytesRead;
        filled += bytesRead;
        const end = room.lastIndexOf(0x0a, filled - 1) + 1;
        const lines = end > 0 ? room.toString('utf8', 0, end - 1).split('\n') : [];
        room.copyWithin(0, end, filled);
        filled -= end;
        rest = Buffer.from(room.subarray(0, filled));
        if (lines.length > 0) yield lines;
      }
    } finally {
      await file.close();
    }
  }
  return {
    pieces,
    position: () => offset - rest.length,
    async read() {
      const lines: string[] = [];
      for await (const piece of pieces()) for (const line of piece) lines.push(line);
      return lines;
    },
  };
}
