/** What the command line tells its caller. */
export const exitCodes = {
  /** All went well. */
  good: 0,
  /** Some run failed, or not all ran. */
  failedRuns: 1,
  /** The sweep file or the command line is wrong; nothing was started. */
  badInput: 2,
  /** A person, or the system, interrupted it. */
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
