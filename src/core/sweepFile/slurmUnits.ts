import { parseByteSize } from './byteSize.ts';
import { parseDuration } from './duration.ts';

/**
 * A time limit in ms: `2h`, `1h30m`, or as Slurm writes it, `hours:minutes:seconds`, `minutes:seconds`, `days-hours` or
 * `days-hours:minutes:seconds`. Undefined where it is none. A number alone is none either: it means minutes to Slurm, and
 * seconds everywhere else in a sweep file.
 */
export function slurmTimeMs(written: string): number | undefined {
  const text = written.trim();
  if (/^[\d.]*$/.test(text)) return undefined;
  const [match, days, first = '0', second, third] =
    /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text) ?? [];
  if (match === undefined) {
    const parsed = parseDuration(text);
    return 'ms' in parsed && parsed.ms > 0 ? parsed.ms : undefined;
  }
  const isMinutes = days === undefined && third === undefined;
  const [hours, minutes, seconds] = isMinutes ? [0, first, second] : [first, second, third];
  const ms =
    1000 *
    (((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0));
  return ms > 0 ? ms : undefined;
}

/** Memory in bytes: `8GB`, `8GiB`, or as Slurm writes it, `8G` for 8 · 2³⁰. Undefined where it is none. */
export function slurmMemoryBytes(written: string): number | undefined {
  const text = written.trim();
  if (!/[a-z]$/i.test(text)) return undefined;
  const bytes = parseByteSize(/^\d+(?:\.\d+)?[kmgt]$/i.test(text) ? `${text}iB` : text);
  return bytes !== undefined && bytes > 0 ? bytes : undefined;
}

/** What is wrong with a time limit. */
export function timeProblem(written: string): string | undefined {
  return slurmTimeMs(written) === undefined
    ? `"${written}" is no time limit; write a number with its unit such as 90m or 2h, or as Slurm does, 1-12:00:00`
    : undefined;
}

/** What is wrong with an amount of memory. */
export function memoryProblem(written: string): string | undefined {
  return slurmMemoryBytes(written) === undefined
    ? `"${written}" is no amount of memory; write a number with its unit such as 8GB or 500MB`
    : undefined;
}
