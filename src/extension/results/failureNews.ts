import { describeRule } from '../../core/failures/rules/rule.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { Analyst, SweepFailures } from '../failures/analyst.ts';
import type { SweepFailureGroups } from './protocol.ts';

/** Tells a page why runs of its sweeps failed, once it has asked. */
export interface FailureNews {
  /** From now on the page is told. */
  follow(): void;
  /** Tells it what has changed, if it has asked. */
  look(): void;
  /** The page begins anew, and has not asked. */
  forget(): void;
}

const none: SweepFailures = { clusters: [], errors: new Map(), unread: 0 };

/** Makes what tells a page of failures; `tell` gets an entry for each sweep, undefined while its logs are being read. */
export function createFailureNews(
  views: readonly SweepView[],
  analyst: Pick<Analyst, 'failures'>,
  tell: (sweeps: readonly (SweepFailureGroups | undefined)[]) => void,
): FailureNews {
  let told: readonly (SweepFailures | undefined)[] | undefined;
  const look = (isFirst = false) => {
    if (told === undefined) return;
    const known = views.map(({ directory, state }) =>
      state.counts.failure === 0 ? none : analyst.failures(directory),
    );
    if (!isFirst && known.every((failures, sweep) => failures === told?.[sweep])) return;
    told = known;
    tell(known.map((failures) => failures && groupsOf(failures)));
  };
  return {
    look: () => look(),
    follow: () => {
      told = [];
      look(true);
    },
    forget: () => {
      told = undefined;
    },
  };
}

function groupsOf({ clusters, unread }: SweepFailures): SweepFailureGroups {
  return {
    groups: clusters.map(({ title, runs, rule }) => ({
      title,
      runs: Uint32Array.from(runs),
      ...(rule === undefined ? { shared: '', others: '' } : describeRule(rule)),
    })),
    unread,
  };
}
