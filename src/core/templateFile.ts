import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { systemCode } from './errors.ts';

/** A longer file is no input that anybody writes by hand. In bytes. */
const longest = 16 << 20;

/** A template's text as it stands in the file, its byte order mark included; or what is wrong with the file, as a sentence. */
export type TemplateFile = { readonly text: string } | { readonly problem: string };

/** Reads an input file that holds `${…}`. */
export async function readTemplateFile(path: string): Promise<TemplateFile> {
  const name = JSON.stringify(basename(path));
  try {
    await using file = await open(path);
    const stats = await file.stat();
    if (!stats.isFile()) return { problem: `the template file ${name} is no plain file` };
    if (stats.size > longest) {
      return { problem: `the template file ${name} has more than ${longest >> 20} MB` };
    }
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.readFile());
    return { text };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') {
      return { problem: `the template file ${name} does not exist in ${dirname(path)}` };
    }
    if (systemCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { problem: `the template file ${name} is no UTF-8 text; save it as UTF-8` };
    }
    return { problem: `the template file ${name} cannot be read: ${(error as Error).message}` };
  }
}
