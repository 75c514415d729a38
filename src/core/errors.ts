/** What a {@link MultirunError} is about; stable, so that callers and tests need not read its message. */
export type ErrorCode =
  | 'invalid-sweep-file'
  | 'invalid-argument'
  | 'output-exists'
  | 'missing-input'
  | 'not-a-sweep'
  | 'newer-format'
  | 'locked'
  | 'silent'
  | 'read-only'
  | 'not-recorded'
  | 'left'
  | 'not-carried'
  | 'refused'
  | 'no-answer'
  | 'not-a-run';

/** A problem that a person can do something about: its message says what happened, where, and what to do next. */
export class MultirunError extends Error {
  override readonly name = 'MultirunError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The system's code of an error from Node ("ENOENT"), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
