import ms from 'ms';

/**
 * A duration in ms from a number of seconds or from text: `30s`, `1.5h`, `1h30m`, `250ms`. A text without unit means
 * seconds too. Returns what is wrong where there is no such duration; one below zero is none.
 */
export function parseDuration(
  written: string | number,
): { readonly ms: number } | { readonly problem: string } {
  const duration = typeof written === 'number' ? written * 1000 : durationOf(written.trim());
  if (duration === undefined) {
    return {
      problem: `"${written}" is no duration; write a number of seconds, or a text such as 30s, 5m or 1h30m`,
    };
  }
  if (!(duration >= 0)) return { problem: `"${written}" is less than no time` };
  // Less than a millisecond is still more than nothing.
  const rounded = duration === 0 ? 0 : Math.max(1, Math.round(duration));
  if (!Number.isSafeInteger(rounded)) return { problem: `"${written}" is a time beyond all measure` };
  return { ms: rounded };
}

/** The same for a time after which something is ended: zero makes no sense. */
export function parseTimeout(
  written: string | number,
): { readonly ms: number } | { readonly problem: string } {
  const parsed = parseDuration(written);
  return 'ms' in parsed && parsed.ms === 0
    ? { problem: 'a timeout is longer than zero; leave it out for runs without limit' }
    : parsed;
}

const unit = '(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)';
const number = String.raw`\d+(?:\.\d+)?|\.\d+`;
const part = new RegExp(String.raw`\s*(?:${number})\s*${unit}(?![a-z])`, 'giy');

function durationOf(written: string): number | undefined {
  if (written.length > 50) return undefined;
  const sign = written.startsWith('-') ? -1 : 1;
  const magnitude = written.replace(/^[-+]/, '');
  if (new RegExp(`^(?:${number})$`).test(magnitude)) return sign * Number(magnitude) * 1000;
  let total = 0;
  let position = 0;
  for (const match of magnitude.matchAll(part)) {
    total += ms(match[0].replaceAll(/\s/g, '') as ms.StringValue);
    position = match.index + match[0].length;
  }
  return position === magnitude.length && magnitude !== '' ? sign * total : undefined;
}
