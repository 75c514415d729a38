import { t } from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import prettyMilliseconds from 'pretty-ms';
import { paramAt } from '../../core/params.ts';
import type { ParamMap, ParamValue } from '../../core/run.ts';

/** A length of time as people say it: "420ms", "1.2s", "3m 5s". */
export function formatDuration(ms: number): string {
  return prettyMilliseconds(Math.max(0, Math.round(ms)), { secondsDecimalDigits: 1, unitCount: 2 });
}

/** A length of time as a clock shows it: "0:42", "1:05:00". */
export function formatClock(ms: number): string {
  return prettyMilliseconds(Math.max(0, ms), { colonNotation: true, secondsDecimalDigits: 0 });
}

/** A length of time that is not known exactly: "about 40 s", "about 4 min", "about 3 h". */
export function formatRoughly(ms: number): string {
  if (ms < 1000) return t('less than 1 s');
  const seconds = ms / 1000;
  if (seconds < 59.5) return t('about {0} s', Math.round(seconds));
  const minutes = seconds / 60;
  if (minutes < 59.5) return t('about {0} min', Math.round(minutes));
  const hours = minutes / 60;
  return hours < 47.5 ? t('about {0} h', Math.round(hours)) : t('about {0} days', Math.round(hours / 24));
}

/** A moment in local time, as short as it can be: the time of today, otherwise the day too. */
export function formatMoment(at: Date, now: Date, locale: string): string {
  const sameYear = at.getFullYear() === now.getFullYear();
  const today = sameYear && at.getMonth() === now.getMonth() && at.getDate() === now.getDate();
  const time = at.toLocaleTimeString(locale, { timeStyle: 'short' });
  if (today) return time;
  const day = at.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return `${day}, ${time}`;
}

// Control characters, line separators and characters that reorder or hide text: none may disturb a label.
const disturbing =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A text of unknown origin on one line, with what disturbs a label made visible, cut to `max` characters. */
export function oneLine(text: string, max = 200): string {
  const cut = text.length > max * 2 ? text.slice(0, max * 2) : text;
  const visible = cut.replace(disturbing, (char) => {
    if (char === '\n') return '⏎';
    if (char === '\t') return ' ';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return visible.length > max || cut.length < text.length
    ? `${visible.slice(0, max - 1).trimEnd()}…`
    : visible;
}

/** A parameter's value as a label shows it. Fractions are rounded to six digits; integers never are. */
export function formatValue(value: ParamValue, max = 60): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return oneLine(value === '' ? '""' : value, max);
  return oneLine(JSON.stringify(value), max);
}

/** The named parameters that the run has, as "mass=900, thrust=1.4". */
export function formatParams(params: ParamMap, names: readonly string[]): string {
  const words: string[] = [];
  for (const name of names) {
    const value = paramAt(params, name);
    if (value !== undefined) words.push(`${oneLine(name, 40)}=${formatValue(value)}`);
  }
  return words.join(', ');
}

/** Text in which VS Code finds no `$(icon)`. */
export function escapeIcons(text: string): string {
  return text.replace(/\$\(/g, '\\$(');
}

/** A number of bytes as people say it: "812 B", "12.3 kB". */
export function formatSize(bytes: number): string {
  return prettyBytes(bytes);
}
