/** What the end of an attempt tells of its results, besides the results themselves. */
export interface ResultsNote {
  /** The value of the sweep's metric, where the run has it as a number. */
  readonly metric?: number | undefined;
  /** Why results that the sweep file asks for are missing, in words for a person; absent when all is well. */
  readonly problems?: readonly string[] | undefined;
}
