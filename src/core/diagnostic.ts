/** Where in a text something stands: offsets in UTF-16 code units, as editors count them. */
export interface TextRange {
  readonly start: number;
  /** The first offset after it; never before `start`. */
  readonly end: number;
}

/** A problem in a sweep file. Plain data: one function prints it in a terminal, another hands it to the editor. */
export interface Diagnostic {
  /** Stable; tests assert it, so that wording stays free. */
  readonly code: DiagnosticCode;
  /** A sweep file with an error does not run; one with a warning does. */
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do next. */
  readonly message: string;
  readonly range: TextRange;
  /** What the text in `range` could be replaced with. */
  readonly suggestion?: string;
}

/** Every kind of problem that a sweep file can have. */
export type DiagnosticCode =
  | 'syntax'
  | 'too-large'
  | 'not-a-mapping'
  | 'unknown-key'
  | 'duplicate-key'
  | 'missing-key'
  | 'wrong-type'
  | 'invalid-value'
  | 'unknown-parameter'
  | 'invalid-parameter-name'
  | 'invalid-template'
  | 'zip-lengths'
  | 'conflicting-keys'
  | 'invalid-expression'
  | 'expression-failed'
  | 'circular-reference'
  | 'name-conflict'
  | 'needs-values'
  | 'not-supported'
  | 'invalid-file'
  | 'repeated-value'
  | 'rule-without-effect'
  | 'unknown-runner'
  | 'missing-input'
  | 'duplicate-input'
  | 'input-outside'
  | 'reserved-name'
  | 'not-supported'
  | 'empty-plan'
  | 'too-many-runs';
