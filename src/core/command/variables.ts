import { parseTemplate } from '../template.ts';

/** The names that words take by `${envvar:NAME}` and an environment lacks. */
export function missingVariables(
  words: Iterable<string>,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const missing = new Set<string>();
  for (const word of words) {
    for (const part of parseTemplate(word)) {
      if (part.kind === 'environment' && environment[part.name] === undefined) missing.add(part.name);
    }
  }
  return [...missing];
}
