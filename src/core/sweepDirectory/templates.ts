import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MultirunError } from '../errors.ts';
import { paramAt } from '../params.ts';
import type { ParamMap } from '../run.ts';
import { expandPart, parseTemplate, type TemplatePart } from '../template.ts';
import { readTemplateFile } from '../templateFile.ts';
import type { SweepHeader } from './header.ts';
import { sweepNames } from './layout.ts';

/** An input file that is filled in for each run. */
export type Template = SweepHeader['templates'][number];

/** Copies the templates into the sweep directory. Throws a MultirunError `missing-input` for one that cannot be read. */
export async function storeTemplates(sweepDirectory: string, templates: readonly Template[]): Promise<void> {
  for (const template of templates) {
    const read = await readTemplateFile(template.path);
    if ('problem' in read) throw new MultirunError('missing-input', read.problem);
    const place = storedPath(sweepDirectory, template);
    await mkdir(dirname(place), { recursive: true });
    await copyFile(template.path, place);
  }
}

/** A template, read and split. */
interface ReadTemplate {
  readonly template: Template;
  readonly text: string;
  readonly parts: readonly TemplatePart[];
  /** The permissions of the file. */
  readonly mode: number;
}

/** A file as a run finds it. */
export interface FilledTemplate {
  readonly name: string;
  readonly text: string;
  /** Its permissions. */
  readonly mode: number;
}

/**
 * Reads the templates and makes the function that fills them in for a run, which throws a RangeError for a name that there is
 * not, and for a value that a format is not for.
 */
export async function templateTexts(
  store: string,
  templates: readonly Template[],
): Promise<(params: ParamMap) => FilledTemplate[]> {
  const all = await Promise.all(templates.map((template) => readStored(store, template)));
  return (params) =>
    all.map((read) => ({ name: read.template.name, text: filled(read, params), mode: read.mode }));
}

/**
 * Makes the function that writes the filled-in files of a run into its directory. The templates are read when the first
 * run asks. It throws a RangeError for a name that there is not, and for a value that a format is not for.
 */
export function templateFiller(
  sweepDirectory: string,
  templates: readonly Template[],
): (runDirectory: string, params: ParamMap) => Promise<void> {
  let texts: ReturnType<typeof templateTexts> | undefined;
  return async (runDirectory, params) => {
    texts ??= templateTexts(sweepDirectory, templates);
    for (const { name, text, mode } of (await texts)(params)) {
      const place = join(runDirectory, name);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, text, { flag: 'wx', mode });
    }
  };
}

async function readStored(sweepDirectory: string, template: Template): Promise<ReadTemplate> {
  const place = storedPath(sweepDirectory, template);
  const read = await readTemplateFile(place);
  if ('problem' in read) throw new MultirunError('missing-input', read.problem);
  const { mode } = await stat(place);
  return { template, text: read.text, parts: parseTemplate(read.text), mode: mode & 0o777 };
}

function filled({ template, text, parts }: ReadTemplate, params: ParamMap): string {
  return parts
    .map((part) => {
      const isKept = template.keepsUnknown && part.kind !== 'text' && !isKnown(part, params);
      if (isKept) return text.slice(part.start, part.end);
      try {
        return expandPart(part, params);
      } catch (error) {
        throw error instanceof RangeError ? new RangeError(`${template.name}: ${error.message}`) : error;
      }
    })
    .join('');
}

function isKnown(part: TemplatePart, params: ParamMap): boolean {
  return part.kind === 'parameter' && paramAt(params, part.name) !== undefined;
}

function storedPath(sweepDirectory: string, { name }: Template): string {
  return join(sweepDirectory, sweepNames.templates, name);
}
