/** Lines below a picture that is kept: what a person must know of it. */
export interface Caption {
  readonly lines: readonly string[];
  readonly colour: string;
  readonly background: string;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Between the left edge and the lines, in pixels. */
export const captionMargin = 12;

/** How much higher a picture becomes by its caption, in pixels. */
export function heightOf({ lines, fontSize }: Caption): number {
  return lines.length === 0 ? 0 : (lines.length + 1) * 1.5 * fontSize;
}

/** Where the foot of a line is, in pixels below the picture. */
export function footOf({ fontSize }: Caption, line: number): number {
  return (line + 1) * 1.5 * fontSize;
}

/** The source of an SVG of a size with its caption. */
export function captionedSvg(
  source: string,
  caption: Caption,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  if (caption.lines.length === 0) return source;
  const whole = height + heightOf(caption);
  const texts = caption.lines.map(
    (text, line) =>
      `<text x="${captionMargin}" y="${height + footOf(caption, line)}" fill="${caption.colour}" ` +
      `font-size="${caption.fontSize}" font-family="${escaped(caption.fontFamily)}">${escaped(text)}</text>`,
  );
  const ground = `<rect y="${height}" width="${width}" height="${whole - height}" fill="${caption.background}"/>`;
  return source
    .replace(`height="${height}"`, `height="${whole}"`)
    .replace(`viewBox="0 0 ${width} ${height}"`, `viewBox="0 0 ${width} ${whole}"`)
    .replace(/<\/svg>\s*$/, () => `${ground}${texts.join('')}</svg>`);
}

function escaped(text: string): string {
  return text.replaceAll(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
