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
  | 'not-submitted'
  | 'not-reconciled'
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

/** What an error says; whatever else was thrown, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a machine lacks for everybody, and may have again in a moment: space, descriptors, memory, its disk. */
const shortages: ReadonlySet<string | undefined> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EROFS',
  'EIO',
  'ESTALE',
]);

/** Whether an error of the system says more of the machine than of what was tried. */
export function isShortage(error: unknown): boolean {
  return shortages.has(systemCode(error));
}
