import { createInterface } from 'node:readline/promises';

/**
 * Asks a question on standard error that is answered with yes or no. Without a terminal nobody is there to answer, and it
 * resolves to undefined.
 */
export async function confirm(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const given = new AbortController();
  // Ctrl-C, or an input that ends, is no consent.
  asking.once('close', () => given.abort());
  try {
    const answer = await asking.question(`${question} [y/N] `, { signal: given.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (!given.signal.aborted) throw error;
    process.stderr.write('\n');
    return false;
  } finally {
    asking.close();
  }
}
