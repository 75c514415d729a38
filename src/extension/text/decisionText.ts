import { t } from '@vscode/l10n';
import type { ExplainedRun } from '../../core/extendSweep.ts';
import { describeFailure } from '../../core/failure.ts';
import type { Decision, LeaveReason, RunReason } from '../../core/intent.ts';
import { unreachable } from '../../core/unreachable.ts';
import { oneLine } from './format.ts';

/** What becomes of a run when something is started. */
export type Fate = 'runs' | 'skipped' | 'stays';

/** What becomes of a run by a decision. */
export function fateOf(decision: Decision): Fate {
  if (decision.act === 'run') return 'runs';
  return decision.why.kind === 'skipped' ? 'skipped' : 'stays';
}

/** Why a run runs, or is left as it is, in a few words. */
export function decisionText(decision: Decision): string {
  return decision.act === 'run' ? runText(decision.why) : leaveText(decision.why);
}

/** The same where a changed sweep file is applied. */
export function explainedText({ inFile, decision }: Pick<ExplainedRun, 'inFile' | 'decision'>): string {
  switch (inFile) {
    case 'new':
      return t('new in the sweep file');
    case 'again':
      return t('again in the sweep file');
    case 'still':
      return decisionText(decision);
    case 'removed':
      return fateOf(decision) === 'skipped'
        ? t('no longer in the sweep file')
        : t('{0}; no longer in the sweep file', decisionText(decision));
    default:
      return unreachable(inFile);
  }
}

function runText(why: RunReason): string {
  switch (why.kind) {
    case 'pending':
      return t('not started yet');
    case 'failed':
      return t('failed: {0}', oneLine(describeFailure(why.failure), 120));
    case 'asked':
      return t('once more');
    default:
      return unreachable(why);
  }
}

function leaveText(why: LeaveReason): string {
  switch (why.kind) {
    case 'succeeded':
      return t('succeeded');
    case 'failed':
      return t('failed: {0}', oneLine(describeFailure(why.failure), 120));
    case 'skipped':
      return skipText(why.why);
    case 'running':
      return t('is running');
    case 'not-asked':
      return t('not started yet, and not asked for');
    case 'stopped':
      return t('not started yet, and the sweep was stopped');
    default:
      return unreachable(why);
  }
}

function skipText(why: Extract<LeaveReason, { kind: 'skipped' }>['why']): string {
  switch (why) {
    case 'cancelled':
      return t('cancelled before it started');
    case 'excluded':
      return t('excluded by the sweep file');
    case 'removed':
      return t('no longer in the sweep file');
    default:
      return unreachable(why);
  }
}
