import * as z from 'zod';
import {
  defaultBreaker,
  defaultGracePeriodMs,
  type HaltRule,
  type MaxLoad,
  retryCauseNames,
  type Timeout,
} from '../policy.ts';
import { parseByteSize } from './byteSize.ts';
import { parseDuration, parseTimeout } from './duration.ts';
import { rule, strictMapping } from './schemaParts.ts';

/** Reads a value by a function that returns it or says in a whole sentence what is wrong. */
function read<Written, Value>(parse: (written: Written) => { value: Value } | { problem: string }) {
  return (written: Written, context: z.RefinementCtx): Value => {
    const parsed = parse(written);
    if ('value' in parsed) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.problem, params: { code: 'invalid-value' } });
    return z.NEVER;
  };
}

/** Examples are of what is written, so they stand before what it is transformed to. */
function numberOrText(expected: string, examples: (number | string)[]) {
  return z.union([z.number(), z.string()], { error: expected }).meta({ examples });
}

function duration(examples: (number | string)[]) {
  return numberOrText('expected a number of seconds or a text such as 30s', examples).transform(
    read((written: number | string) => {
      const parsed = parseDuration(written);
      return 'ms' in parsed ? { value: parsed.ms } : parsed;
    }),
  );
}

function durationProblem(written: number | string): string | undefined {
  const parsed = parseDuration(written);
  return 'problem' in parsed ? parsed.problem : undefined;
}

function byteSize(examples: (number | string)[]) {
  return numberOrText('expected a size such as 2GB', examples).transform(
    read((written: number | string) => {
      const bytes = parseByteSize(written);
      return bytes === undefined
        ? { problem: `"${written}" is no size; write a text such as 500MB, 2GB or 1.5GiB` }
        : { value: bytes };
    }),
  );
}

/** The number of a text such as `300%`; undefined for any other. */
function percentOf(written: number | string): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(String(written).trim())?.[1];
  return percent === undefined ? undefined : Number(percent);
}

function timeoutOf(written: number | string): { value: Timeout } | { problem: string } {
  const percentOfMedian = percentOf(written);
  if (percentOfMedian === undefined) {
    const parsed = parseTimeout(written);
    return 'ms' in parsed ? { value: { ms: parsed.ms } } : parsed;
  }
  return percentOfMedian > 100
    ? { value: { percentOfMedian } }
    : { problem: `${percentOfMedian}% of the median would end half of all runs; write more than 100%` };
}

/** How GNU parallel wrote these rules before, and still takes them. */
const oldHaltRules: Readonly<Record<string, string>> = {
  '0': 'never',
  '1': 'soon,fail=1',
  '2': 'now,fail=1',
  '-1': 'soon,success=1',
  '-2': 'now,success=1',
};

function haltRuleOf(written: string): { value: HaltRule | null } | { problem: string } {
  const short = written.replaceAll(/\s/g, '');
  const text = oldHaltRules[short] ?? (/^\d+%$/.test(short) ? `soon,fail=${short}` : short);
  if (text === 'never') return { value: null };
  const [, when, why, number, percent] =
    /^(soon|now),(fail|success|done)=(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (number === undefined) {
    return {
      problem: `"${written}" is no rule; write never, or when and why such as soon,fail=3, now,fail=10% or soon,success=1`,
    };
  }
  const limit = percent === '%' ? { percent: Number(number) } : { count: Number(number) };
  const isSound =
    'percent' in limit
      ? limit.percent > 0 && limit.percent <= 100
      : Number.isInteger(limit.count) && limit.count > 0;
  return isSound
    ? { value: { when, why, limit } as HaltRule }
    : {
        problem: `"${number}${percent}" is no such number of runs; write a whole number from 1, or up to 100%`,
      };
}

function maxLoadOf(written: number | string): { value: MaxLoad } | { problem: string } {
  const percentOfProcessors = percentOf(written);
  const load = Number(written);
  if (percentOfProcessors !== undefined && percentOfProcessors > 0) return { value: { percentOfProcessors } };
  if (percentOfProcessors === undefined && load > 0 && Number.isFinite(load)) return { value: { load } };
  return {
    problem: `"${written}" is no load; write a number above 0, or a share of the processors such as 80%`,
  };
}

const exitCode = z
  .int({ error: 'expected an exit code' })
  .min(1, { error: 'expected an exit code from 1 to 255' })
  .max(255, { error: 'expected an exit code from 1 to 255' });

/** A factor such as `2x`, or a number. */
export function factorOf(written: number | string): number | undefined {
  const factor =
    typeof written === 'number' ? written : Number(/^(\d+(?:\.\d+)?)\s*x$/i.exec(written.trim())?.[1]);
  return factor >= 1 && factor <= 100 ? factor : undefined;
}

function factor(examples: (number | string)[]) {
  return numberOrText('expected a factor such as 2x', examples).superRefine(
    rule((written: number | string) =>
      factorOf(written) === undefined
        ? `"${written}" is no factor; write a number from 1 to 100 such as 2x`
        : undefined,
    ),
  );
}

const retryCause = z.union(
  [
    z.enum(retryCauseNames, { error: `expected ${retryCauseNames.join(', ')}` }),
    strictMapping({
      exit: z
        .union([exitCode, z.array(exitCode, { error: 'expected a list of exit codes' })], {
          error: 'expected exit codes',
        })
        .describe('Certain exit codes.')
        .meta({ examples: [[75]] }),
    }),
  ],
  { error: `expected ${retryCauseNames.join(', ')}, or exit: [codes]` },
);

const retryCount = z
  .int({ error: 'expected a number of retries' })
  .min(0, { error: 'expected a whole number from 0' })
  .max(1_000_000, { error: 'expected a whole number up to 1000000' });

// Nothing in here is transformed, or an editor could not be shown the examples of the whole.
const retries = strictMapping({
  max: retryCount.describe('How many more attempts a run that failed gets.').meta({ examples: [3] }),
  delay: numberOrText('expected a number of seconds or a text such as 30s', ['5s'])
    .superRefine(rule(durationProblem))
    .optional()
    .describe('Time before the first of them: `5s`, or a number of seconds. Default: none.'),
  backoff: z
    .number({ error: 'expected a number' })
    .min(1, { error: 'expected a number from 1' })
    .default(1)
    .describe(
      'What the delay is multiplied with for each further attempt. Default 1. No delay is longer than a day.',
    )
    .meta({ examples: [2] }),
  on: z
    .array(retryCause, { error: 'expected a list of failures' })
    .optional()
    .describe(
      'For which failures: `timeout`, `signal`, `exit` (any exit code, or `exit: [75]`), `out_of_memory`, `spawn_error`, `lost`, and on a cluster `node_fail` and `preempted`. Default: all but `spawn_error`.',
    )
    .meta({ examples: [['timeout', 'signal', { exit: [75] }]] }),
  time: factor(['2x'])
    .optional()
    .describe(
      'With `type: slurm`: how much more `time` each attempt after a timeout gets. Default: no more.',
    ),
  mem: factor(['1.5x'])
    .optional()
    .describe(
      'With `type: slurm`: how much more `mem` each attempt gets after memory was short. Default: no more.',
    ),
});

/** The keys that say what happens to runs while a sweep is carried: see `Policy`. */
export const policyShape = {
  timeout: numberOrText('expected a number of seconds or a text such as 30s', ['30s', '5m', 90, '300%'])
    .transform(read(timeoutOf))
    .optional()
    .describe(
      'How long a run may take before it is ended and counts as failed: `30s`, `5m`, `1h30m`, a number of seconds, or a share of the median duration of the successful runs so far, such as `300%` (from the third success on, and never less than a second). Default: as long as it likes.',
    ),
  grace_period: duration(['10s', 0])
    .optional()
    .describe(
      `How long a run that is ended has between SIGTERM and SIGKILL, with everything that it started. Default ${defaultGracePeriodMs / 1000}s.`,
    ),
  retries: z
    .union([retryCount, retries], { error: 'expected a number of retries, or a mapping with "max"' })
    .optional()
    .describe(
      'More attempts for runs that fail: how many, or a mapping with `max`, `delay`, `backoff` and `on`. Default: none.',
    )
    .meta({ examples: [3, { max: 3, delay: '5s', backoff: 2, on: ['timeout', 'signal', { exit: [75] }] }] }),
  halt: z
    .string({ error: 'expected never, or a rule such as soon,fail=3' })
    .meta({ examples: ['soon,fail=3', 'now,fail=10%', 'soon,success=1', 'never'] })
    .transform(read(haltRuleOf))
    .optional()
    .describe(
      'When to start nothing more, in the words of GNU parallel: `soon` lets running runs finish, `now` ends them too; `fail`, `success` or `done` runs are counted, up to a number or a share of all. Runs that were not done stay pending. Default `never`.',
    ),
  breaker: z
    .union(
      [
        z.boolean(),
        z.int({ error: 'expected a whole number' }).min(1, { error: 'expected a whole number from 1' }),
      ],
      { error: 'expected a number of runs, or false' },
    )
    .optional()
    .describe(
      `Pauses and asks when the first so many runs all fail within a minute and in the same way. \`false\` switches it off. Default ${defaultBreaker}.`,
    )
    .meta({ examples: [10, false] }),
  canary: z
    .union(
      [
        z.int({ error: 'expected a whole number' }).min(1, { error: 'expected a whole number from 1' }),
        z.literal('corners', { error: 'expected a number of runs, or corners' }),
      ],
      { error: 'expected a number of runs, or corners' },
    )
    .optional()
    .describe(
      'Runs that have to succeed before all others: the first so many, or `corners`, up to 16 runs at which the parameters have their smallest and largest values. When one fails, the sweep pauses and asks. Default: none.',
    )
    .meta({ examples: [1, 'corners'] }),
  min_free_disk: byteSize(['2GB', 0])
    .optional()
    .describe(
      "Starts nothing with less free space than this on the sweep's disk, and goes on when there is more. `0` switches it off. Default 500MB, or 5 % of a smaller disk.",
    ),
  min_free_memory: byteSize(['2GB'])
    .optional()
    .describe(
      'Starts nothing with less available memory than this, in the machine or in what its container may use. Default: no limit.',
    ),
  max_load: numberOrText('expected a number or a text such as 80%', [8, '80%'])
    .transform(read(maxLoadOf))
    .optional()
    .describe(
      'Starts nothing while so many processes run or wait for a processor: a number, or a share of the processors such as `80%`. Default: no limit.',
    ),
  delay: duration(['2s', 0.5]).optional().describe('Time between the starts of two runs. Default: none.'),
  nice: z
    .int({ error: 'expected a whole number from 0 to 19' })
    .min(0, { error: 'expected a whole number from 0 to 19' })
    .max(19, { error: 'expected a whole number from 0 to 19' })
    .optional()
    .describe('By how much runs yield to other programs, 0 to 19. Default 0.')
    .meta({ examples: [10] }),
};
