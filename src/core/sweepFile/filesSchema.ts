import * as z from 'zod';
import { fileLinkages } from '../fileResource.ts';
import { isAbsolutePath, staysInside, tidyRelativePath } from '../inputNames.ts';
import { pathProblem } from './names.ts';
import { path, rule, strictMapping, type TextUse } from './schemaParts.ts';
import { splitArrow } from './templateNames.ts';

function nameProblem(name: string): string | undefined {
  if (name === '') return 'an empty name; leave "rename" out to keep the name of the file';
  return name.includes('\\') ? 'folders are separated by "/" on every system' : pathProblem(name);
}

function placeProblem(name: string): string | undefined {
  if (isAbsolutePath(name)) return 'a file is renamed within the run directory; write a relative path';
  return staysInside(tidyRelativePath(name))
    ? undefined
    : 'this leaves the run directory; write a path inside it';
}

const rename = z
  .string({ error: 'expected a name or a relative path' })
  .superRefine(rule(nameProblem))
  .superRefine(rule(placeProblem, 'input-outside'));

const inputFile = strictMapping({
  path: path.describe('The file or directory. A relative path is relative to the sweep file.'),
  linkage: z
    .enum(fileLinkages, { error: 'expected copy, shared or link' })
    .default('shared')
    .describe(
      '`copy`: each run has a copy of its own. `shared`: each run has a symbolic link to one copy. `link`: each run has a symbolic link to the file itself.',
    ),
  rename: rename
    .optional()
    .describe("Name or relative path in the run directory. Default: the file's own name.")
    .meta({ examples: ['data/terrain.csv'] }),
});

const templateArrow = z
  .string({ error: 'expected a path' })
  .superRefine(
    rule((written: string) => {
      const { path: from, rename: to } = splitArrow(written);
      return pathProblem(from) ?? (to === undefined ? undefined : nameProblem(to));
    }),
  )
  .superRefine(
    rule((written: string) => {
      const { rename: to } = splitArrow(written);
      return to === undefined || nameProblem(to) !== undefined ? undefined : placeProblem(to);
    }, 'input-outside'),
  )
  .meta({ 'x-multirun': 'path' satisfies TextUse });

const templateFile = strictMapping({
  path: path.describe('The template. A relative path is relative to the sweep file.'),
  rename: rename
    .optional()
    .describe(
      "Name or relative path in the run directory. Default: the file's own name, without `.tmpl`, `.tpl` or `.template`.",
    )
    .meta({ examples: ['case.in'] }),
  unknown_names: z
    .enum(['error', 'keep'], { error: 'expected error or keep' })
    .default('error')
    .describe(
      'What becomes of a `${name}` that is no parameter. `error` (default): it is a mistake. `keep`: it stays as it is, since it means something to the program.',
    ),
});

/** The keys that say which files a run is given, and where the sweep leaves its own. */
export const filesShape = {
  input_files: z
    .array(z.union([path, inputFile], { error: 'expected a path or a mapping with "path"' }), {
      error: 'expected a list of files',
    })
    .optional()
    .describe(
      'Files and directories that each run finds in its run directory. Relative paths are relative to the sweep file.',
    )
    .meta({
      examples: [['lander.py', { path: 'terrain.csv', linkage: 'link', rename: 'data/terrain.csv' }]],
    }),
  template_files: z
    .array(z.union([templateArrow, templateFile], { error: 'expected a path or a mapping with "path"' }), {
      error: 'expected a list of files',
    })
    .optional()
    .describe(
      'Text files that are filled in for each run: `${name}` becomes the value of a parameter, `${name:.3f}` in a format of Python, `${{` a literal `${`. Written as `case.in.tmpl -> case.in` (or `→`), or as a mapping.',
    )
    .meta({
      examples: [
        ['case.in.tmpl -> case.in', { path: 'mesh.geo', rename: 'mesh/mesh.geo', unknown_names: 'keep' }],
      ],
    }),
  output_path: path
    .optional()
    .describe(
      'The new directory that the sweep makes, relative to the sweep file. Default: `multirun/<name>/<local time>`. A directory that exists is an error.',
    )
    .meta({ examples: ['results/lander'] }),
};
