import { quote } from './quote.ts';

/** An argument vector as a person types it into a POSIX shell: words are quoted where they must be. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word))).join(' ');
}
