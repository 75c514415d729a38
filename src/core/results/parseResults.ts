/**
 * What a JSON text that a program wrote holds. Python and others write `NaN`, `Infinity` and `-Infinity`, for which JSON has no
 * word: they are the texts "NaN", "Infinity" and "-Infinity", as everywhere in results. Throws for any other text, with a
 * message of one line.
 */
export function parseResults(text: string): unknown {
  // Some programs begin their files with a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const quoted = withQuotedNumbers(json);
    if (quoted !== json) {
      try {
        return JSON.parse(quoted);
      } catch {
        // What is wrong is told of the text as it was written.
      }
    }
    throw new Error((error as Error).message.replace(/\s+/g, ' '), { cause: error });
  }
}

/** Puts the numbers that JSON lacks in quotes, where they do not stand within a text. */
function withQuotedNumbers(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
}
