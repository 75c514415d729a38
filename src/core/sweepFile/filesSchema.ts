import { z } from 'zod';
import { fileLinkages } from '../fileResource.ts';
import { isAbsolutePath, staysInside, tidyRelativePath } from '../inputNames.ts';
import { pathProblem } from './names.ts';
import { path, rule, strictMapping } from './schemaParts.ts';

const rename = z
  .string({ error: 'expected a name or a relative path' })
  .superRefine(
    rule((name: string) => {
      if (name === '') return 'an empty name; leave "rename" out to keep the name of the file';
      return name.includes('\\') ? 'folders are separated by "/" on every system' : pathProblem(name);
    }),
  )
  .superRefine(
    rule((name: string) => {
      if (isAbsolutePath(name)) return 'a file is renamed within the run directory; write a relative path';
      return staysInside(tidyRelativePath(name))
        ? undefined
        : 'this leaves the run directory; write a path inside it';
    }, 'input-outside'),
  );

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
  output_path: path
    .optional()
    .describe(
      'The new directory that the sweep makes, relative to the sweep file. Default: `multirun/<name>/<local time>`. A directory that exists is an error.',
    )
    .meta({ examples: ['results/lander'] }),
};
