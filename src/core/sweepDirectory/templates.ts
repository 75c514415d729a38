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

/**
 * Makes the function that writes the filled-in files of a run into its directory. The templates are read when the first
 * run asks. It throws a RangeError for a name that there is not, and for a value that a format is not for.
 */
export function templateFiller(
  sweepDirectory: string,
  templates: readonly Template[],
): (runDirectory: string, params: ParamMap) => Promise<void> {
  let all: Promise<readonly ReadTemplate[]> | undefined;
  return async (runDirectory, params) => {
    all ??= Promise.all(templates.map((template) => readStored(sweepDirectory, template)));
    for (const read of await all) {
      const place = join(runDirectory, read.template.name);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, filled(read, params), { flag: 'wx', mode: read.mode });
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
