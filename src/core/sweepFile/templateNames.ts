import { posix, win32 } from 'node:path';
import { tidyRelativePath } from '../inputNames.ts';

/** What `case.in.tmpl -> case.in` says; with `→` too, and without an arrow. */
export function splitArrow(written: string): { readonly path: string; readonly rename: string | undefined } {
  const [, path, rename] = /^(.*?)\s*(?:->|→)\s*(.*)$/s.exec(written) ?? [];
  return path === undefined || rename === undefined ? { path: written, rename: undefined } : { path, rename };
}

/** What a template's result is called in the run directory: as it says, or as the file without `.tmpl` and its like. */
export function templateName(path: string, rename: string | undefined): string {
  if (rename !== undefined) return tidyRelativePath(rename);
  const { basename } = path.includes('\\') && !path.includes('/') ? win32 : posix;
  return basename(path).replace(/(?<=.)\.(?:tmpl|tpl|template)$/i, '');
}
