/** Where the results of a run come from when its program does not hand them over itself. */
export interface ResultSources {
  /** Files that the program writes: relative paths in the run directory. What they hold are results. */
  readonly files: readonly string[];
  /** Regular expressions by the names of the results that they find in what the program printed. */
  readonly stdout: Readonly<Record<string, string>>;
  readonly stderr: Readonly<Record<string, string>>;
  /**
   * Whether the exit code is a result, called `exit_code`: each code, or these besides 0. A run that ends with such a code
   * has succeeded, since its code is an answer. Null where codes mean failure, as usual.
   */
  readonly exitCode: true | readonly number[] | null;
}

/** The endings of files whose results can be read. */
export const resultFileEndings = ['.json', '.jsonl', '.ndjson', '.csv', '.tsv', '.yaml', '.yml'] as const;

/** The result that views sort by. */
export interface Metric {
  /** Its name; dots lead into nested results. */
  readonly name: string;
  /** Which values are better: smaller ones (the default) or larger ones. */
  readonly goal: 'minimize' | 'maximize';
}
