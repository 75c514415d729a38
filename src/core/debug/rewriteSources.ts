/**
 * Replaces the paths of sources in a message of the Debug Adapter Protocol, in place: those of every object that stands under
 * `source`, or in a list `sources`, wherever it is in the message.
 */
export function rewriteSources(message: unknown, change: (path: string) => string): void {
  if (typeof message !== 'object' || message === null) return;
  for (const [key, value] of Object.entries(message)) {
    if (typeof value !== 'object' || value === null) continue;
    const isSource = key === 'source' && !Array.isArray(value);
    if (isSource && 'path' in value && typeof value.path === 'string') {
      const path = change(value.path);
      // The name is what people are shown.
      if (path !== value.path && 'name' in value) value.name = path.split(/[/\\]/).at(-1);
      value.path = path;
    }
    if (key === 'sources' && Array.isArray(value))
      for (const source of value) rewriteSources({ source }, change);
    rewriteSources(value, change);
  }
}
