import Anser from 'anser';

/** A piece of a line that looks the same throughout. */
export interface Piece {
  readonly text: string;
  readonly classes: string;
  /** Colours beyond the terminal's sixteen, as CSS writes them. */
  readonly color: string | undefined;
  readonly background: string | undefined;
}

/** Lines as a terminal would show them, and the escape sequences that still hold at their end. */
export interface Painted {
  readonly lines: readonly (readonly Piece[])[];
  readonly style: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const styles = /\u001b\[([\d;]*)m/g;
// Titles of windows and links, as operating system commands; they end with BEL or ST.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above.
const commands = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// What moves the cursor and erases: all control sequences but those that end with "m".
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above.
const movements = /\u001b\[[0-?]*[ -/]*[@-ln-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would not show.
const control = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g;

/**
 * Paints text with escape sequences (ECMA-48, SGR). `style` is what held at the end of the text before it. Of a line that a
 * carriage return begins anew, as progress bars do, the last state is left.
 */
export function paint(text: string, style = ''): Painted {
  const clean = text
    .replace(commands, '')
    .replace(movements, '')
    .split('\n')
    .map((line) => {
      const whole = line.replace(/\r+$/, '');
      const kept = whole.lastIndexOf('\r') + 1;
      // What was overwritten may have set a colour.
      return (whole.slice(0, kept).match(styles) ?? []).join('') + whole.slice(kept);
    })
    .join('\n')
    .replace(control, '');
  const lines: Piece[][] = [[]];
  for (const { content, fg, bg, fg_truecolor, bg_truecolor, decorations } of Anser.ansiToJson(style + clean, {
    use_classes: true,
    remove_empty: true,
  })) {
    const piece = {
      classes: [...[fg, bg && `${bg}-background`].filter((name) => isOfTheme(name)), ...decorations].join(
        ' ',
      ),
      color: beyondTheme(fg, fg_truecolor),
      background: beyondTheme(bg, bg_truecolor),
    };
    const [first = '', ...rest] = content.split('\n');
    if (first !== '') lines.at(-1)?.push({ ...piece, text: first });
    for (const text of rest) lines.push(text === '' ? [] : [{ ...piece, text }]);
  }
  return { lines, style: styleAfter(style + clean) };
}

/** Whether a text ends within an escape sequence, and where that begins. */
export function cutSequence(text: string): number | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: see above.
  const match = /\u001b(?:\[[\d;]*|\][^\u0007\u001b]*)?$/.exec(text.slice(-200));
  return match === null ? undefined : text.length - match[0].length;
}

function isOfTheme(name: string | null): name is string {
  return name !== null && name !== '' && !/palette|truecolor/.test(name);
}

function beyondTheme(name: string | null, trueColor: string | null): string | undefined {
  if (name === null || name === '') return undefined;
  if (name.includes('truecolor') && trueColor !== null) return `rgb(${trueColor})`;
  const [, index] = /palette-(\d+)/.exec(name) ?? [];
  return index === undefined ? undefined : paletteColor(Number(index));
}

/** The colours 16 … 255 of xterm: a cube of 6 × 6 × 6, then greys. */
function paletteColor(index: number): string {
  const n = index - 16;
  if (n >= 216) {
    const grey = 8 + 10 * (n - 216);
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  return `rgb(${level(Math.floor(n / 36))}, ${level(Math.floor(n / 6) % 6)}, ${level(n % 6)})`;
}

function styleAfter(text: string): string {
  let style = '';
  for (const [sequence, codes = ''] of text.matchAll(styles)) {
    style = /(?:^|;)0*$/.test(codes) ? '' : style + sequence;
    // Somebody who never resets says the same again and again.
    if (style.length > 200) style = style.slice(style.indexOf('\u001b', 1));
  }
  return style;
}
