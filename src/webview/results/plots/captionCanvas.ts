import { type Caption, captionMargin, footOf, heightOf } from './caption.ts';

/** A canvas with its caption, as a data URL; `ratio` is how many of its pixels are one of the page. */
export function captionedPng(picture: HTMLCanvasElement, caption: Caption, ratio: number): string {
  const whole = document.createElement('canvas');
  whole.width = picture.width;
  whole.height = picture.height + Math.round(heightOf(caption) * ratio);
  const context = whole.getContext('2d');
  if (context === null) return picture.toDataURL('image/png');
  context.fillStyle = caption.background;
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(picture, 0, 0);
  context.fillStyle = caption.colour;
  context.font = `${caption.fontSize * ratio}px ${caption.fontFamily}`;
  for (const [line, text] of caption.lines.entries()) {
    context.fillText(text, captionMargin * ratio, picture.height + footOf(caption, line) * ratio);
  }
  return whole.toDataURL('image/png');
}
