/** Where the kernel tells of itself. Tests give other places. */
export interface SystemPlaces {
  /** Default `/proc`. */
  readonly proc: string;
  /** Default `/sys/fs/cgroup`. */
  readonly cgroups: string;
  /** The kernel's log. Default `/dev/kmsg`. */
  readonly kernelLog: string;
}

/** The places of Linux; on other systems there is nothing there. */
export const systemPlaces: SystemPlaces = {
  proc: '/proc',
  cgroups: '/sys/fs/cgroup',
  kernelLog: '/dev/kmsg',
};
