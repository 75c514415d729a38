import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { failureOfCode } from '../../core/exitCode.ts';
import { describeFailure } from '../../core/failure.ts';
import { runNames } from '../../core/sweepDirectory/layout.ts';
import { readExit } from '../../core/sweepDirectory/recover.ts';

/** How each of a run's first `count` attempts ended, as the files that they left tell. */
export async function earlierAttempts(runDirectory: string, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const exit = await readExit(join(runDirectory, runNames.attempts, String(index + 1)));
      if (exit === undefined) return t('left no exit code');
      const failure = failureOfCode(exit.code);
      return failure === undefined ? t('success') : describeFailure(failure);
    }),
  );
}
