import { resolve } from 'node:path';
import type { Diagnostic } from './diagnostic.ts';
import type { ParsedSweepFile } from './sweepFile/parseSweepFile.ts';
import { type PlacedReference, templateFindings } from './sweepFile/templateProblems.ts';
import { readTemplateFile } from './templateFile.ts';

/** What the template files of a sweep file take from its runs, and what is wrong with them. */
export interface CheckedTemplates {
  readonly references: readonly PlacedReference[];
  /** Shown where the sweep file names the template. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the template files of a sweep file in the directory `home` and checks what stands in them. */
export async function checkTemplates(
  { templates, names }: Pick<ParsedSweepFile, 'templates' | 'names'>,
  home: string,
): Promise<CheckedTemplates> {
  const references: PlacedReference[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, range, keepsUnknown } of templates) {
    const read = await readTemplateFile(resolve(home, path));
    if ('problem' in read) {
      diagnostics.push({ code: 'missing-input', severity: 'error', message: read.problem, range });
      continue;
    }
    const found = templateFindings(read.text, { label: path, range, names, keepsUnknown });
    references.push(...found.references);
    for (const message of found.problems) {
      diagnostics.push({ code: 'invalid-template', severity: 'error', message, range });
    }
  }
  return { references, diagnostics };
}
