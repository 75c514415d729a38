import type { Piece } from './replacements.ts';

/** A word of a command, in pieces. */
export type Word = readonly Piece[];

/** Words that only a shell knows as the beginning of a command. */
const shellWords = new Set(
  '. : [[ alias bg case cd eval exec exit export fg for function if read return set shift source time trap type ulimit umask unset until wait while {'.split(
    ' ',
  ),
);

/**
 * Splits a command into words as a POSIX shell does, where that is all that a shell would do with it. Undefined for one that
 * needs a shell: with pipes, redirections, variables, patterns and the like, or an argument within single quotes.
 */
export function wordsOf(pieces: readonly Piece[]): Word[] | undefined {
  const words: Piece[][] = [];
  let word: Piece[] | undefined;
  let quote: '"' | "'" | undefined;
  const add = (piece: Piece): void => {
    if (word === undefined) {
      word = [];
      words.push(word);
    }
    const last = word.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text')
      word[word.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.kind !== 'text' || piece.text !== '') word.push(piece);
  };
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      // The slot is a variable of the environment.
      if (piece.kind === 'slot') return undefined;
      add(piece);
      continue;
    }
    const chars = [...piece.text];
    for (let index = 0; index < chars.length; index++) {
      const char = chars[index] as string;
      if (quote === "'") {
        if (char === "'") quote = undefined;
        else add({ kind: 'text', text: char });
      } else if (char === '\\') {
        const next = chars[++index];
        if (next === undefined || next === '\n') return undefined;
        const isKept = quote === '"' && !'$`"\\'.includes(next);
        add({ kind: 'text', text: isKept ? `\\${next}` : next });
      } else if (quote === '"') {
        if (char === '$' || char === '`') return undefined;
        if (char === '"') quote = undefined;
        else add({ kind: 'text', text: char });
      } else if (char === '"' || char === "'") {
        quote = char;
        add({ kind: 'text', text: '' });
      } else if (char === ' ' || char === '\t') word = undefined;
      else if ('|&;<>()$`*?[{}\n'.includes(char) || (word === undefined && '~#!'.includes(char)))
        return undefined;
      else add({ kind: 'text', text: char });
    }
  }
  if (quote !== undefined) return undefined;
  const [first, ...others] = words[0] ?? [];
  if (first?.kind !== 'text') return words;
  // A variable for the command, or a command that only a shell knows.
  if (/^\w+=/.test(first.text) || (others.length === 0 && shellWords.has(first.text))) return undefined;
  return words;
}

/**
 * The text for a shell in which each argument is `$1`, `$2` …, so that no argument is read as anything but itself, wherever
 * it stands. `numberOf` gives the number of a piece.
 */
export function scriptOf(pieces: readonly Piece[], numberOf: (piece: Piece) => number): string {
  let quote: '"' | "'" | undefined;
  let script = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      script += piece.text;
      quote = quoteBehind(piece.text, quote);
      continue;
    }
    const value = piece.kind === 'slot' ? '$((MULTIRUN_SLOT + 1))' : positional(numberOf(piece));
    script += quote === '"' ? value : quote === "'" ? `'"${value}"'` : `"${value}"`;
  }
  return script;
}

function positional(number: number): string {
  return number < 10 ? `$${number}` : `\${${number}}`;
}

function quoteBehind(text: string, before: '"' | "'" | undefined): '"' | "'" | undefined {
  let quote = before;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '\\' && quote !== "'") index += 1;
    else if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = undefined;
  }
  return quote;
}
