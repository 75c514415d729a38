/** One value of a parameter: anything that JSON can hold. */
export type ParamValue =
  | string
  | number
  | boolean
  | null
  | readonly ParamValue[]
  | { readonly [key: string]: ParamValue };

/** One assignment of values to the parameters: what makes a run different from its neighbours. */
export type ParamMap = { readonly [name: string]: ParamValue };

/** The five statuses of a run; why it has one is told by its reason. */
export const runStatuses = ['skipped', 'pending', 'running', 'success', 'failure'] as const;

/** One of {@link runStatuses}. `skipped`, `success` and `failure` are terminal. */
export type RunStatus = (typeof runStatuses)[number];

/** Whether a run with this status is over until somebody asks for it again. */
export function isComplete(status: RunStatus): boolean {
  return status === 'skipped' || status === 'success' || status === 'failure';
}

/** A run of a sweep as its runner sees it. */
export interface Run {
  /** Position in the plan, counted from 0. */
  readonly id: number;
  /** The values of this run's parameters. */
  readonly params: ParamMap;
  /** The directory that belongs to this run alone. */
  readonly directory: string;
  /** What the journal says of it now. */
  readonly status: RunStatus;
  /** Settles when the current attempt has ended, whatever its outcome; undefined until the run has been taken up. */
  readonly task: Promise<RunStatus> | undefined;
}
