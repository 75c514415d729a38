/** How a test names a thing on the screen: the whole of its text, or a part of it. */
export type Name = string | RegExp;

/** Playwright's options for finding by name. */
export function named(name: Name): { name: Name; exact?: boolean } {
  return typeof name === 'string' ? { name, exact: true } : { name };
}

/** The text as a regular expression that finds it anywhere. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
