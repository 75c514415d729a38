import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How an input file comes to a run directory: `copy`, a copy of its own; `shared`, a symbolic link to one copy that all
 * runs share; `link`, a symbolic link to the file itself.
 */
export const fileLinkages = ['copy', 'shared', 'link'] as const;

/** One of {@link fileLinkages}. */
export type FileLinkage = (typeof fileLinkages)[number];

/** What {@link FileResource} is made from. */
export interface FileResourceOptions {
  /** The file or directory; a relative path is relative to the current directory. */
  readonly path: string | URL;
  /** Default `shared`. */
  readonly linkage?: FileLinkage;
  /** Name or relative path in the run directory. Default: the file's own name. */
  readonly rename?: string | undefined;
}

/** A file or directory that every run finds in its run directory. */
export class FileResource {
  readonly path: string;
  readonly linkage: FileLinkage;
  readonly rename: string | undefined;

  constructor({ path, linkage = 'shared', rename }: FileResourceOptions) {
    this.path = typeof path === 'string' ? path : fileURLToPath(path);
    this.linkage = linkage;
    this.rename = rename;
  }

  /** What it is called in the run directory: a name or a relative path. */
  get name(): string {
    return this.rename ?? basename(this.path);
  }
}
