import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { parseResults } from './parseResults.ts';

/** A longer file holds no results that anybody would look at; and the editor's process reads it. In bytes. */
export const longestFile = 16 << 20;

/** A file that a program wrote, which may be of any size and kind. */
export interface OpenFile extends AsyncDisposable {
  readonly size: number;
  /** The bytes from `start` on, at most so many; fewer at the end of the file. */
  read(start: number, length: number): Promise<Buffer>;
}

/** A file that is not there, or cannot be read, and what is wrong in words that follow its name. */
export interface NoFile {
  readonly isMissing: boolean;
  readonly problem: string;
}

/** Opens a plain file. */
export async function openFile(path: string): Promise<OpenFile | NoFile> {
  let file: FileHandle;
  try {
    // A pipe that nobody writes would be waited for without end.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const isMissing = code === 'ENOENT';
    return { isMissing, problem: isMissing ? 'was not written' : `cannot be read: ${code}` };
  }
  const stats = await file.stat();
  if (!stats.isFile()) {
    await file.close();
    return { isMissing: false, problem: 'is no plain file' };
  }
  return {
    size: stats.size,
    async read(start, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, stats.size - start)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** The text of a whole file. Throws for one that is longer than {@link longestFile}, in words that follow its name. */
export async function readWhole(file: OpenFile): Promise<string> {
  if (file.size > longestFile) {
    throw new Error(`has ${Math.round(file.size / (1 << 20))} MB, and at most ${longestFile >> 20} are read`);
  }
  return textOf(await file.read(0, file.size));
}

/** Bytes as text, without the byte order mark that some programs begin their files with. */
export function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** What a JSON text holds, as {@link parseResults} reads it. Throws for any other text, in words that follow its file's name. */
export function parseJson(text: string): unknown {
  try {
    return parseResults(text);
  } catch (error) {
    throw new Error(`is no JSON: ${(error as Error).message}`);
  }
}
