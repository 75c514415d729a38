import { oneLine } from './format.ts';

const mostLines = 30;

/** A value in lines for a tooltip: a mapping's entries, aligned, each on one line; long ones are cut. */
export function listing(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return shown(value);
  const entries = Object.entries(value);
  const width = Math.min(24, Math.max(0, ...entries.map(([name]) => name.length)));
  const lines = entries
    .slice(0, mostLines)
    .map(([name, entry]) => `${`${oneLine(name, 40)}:`.padEnd(width + 1)} ${shown(entry)}`);
  if (entries.length > mostLines) lines.push(`… ${entries.length - mostLines}`);
  return lines.join('\n');
}

function shown(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 100);
}
