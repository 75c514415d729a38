/** The colours of plots: VS Code's own where it has one. */
export interface Palette {
  readonly foreground: string;
  readonly muted: string;
  /** Lines of axes. */
  readonly line: string;
  /** Lines behind the data. */
  readonly faint: string;
  readonly background: string;
  readonly accent: string;
  /** For groups. */
  readonly groups: readonly string[];
  /** From the least number to the greatest. */
  readonly gradient: readonly string[];
  /** By the word of a status. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** A colour with so much of another one below it. */
export function mixed(colour: string, below: string, share: number): string {
  const [one, other] = [channels(colour), channels(below)];
  if (one === undefined || other === undefined) return colour;
  const alpha = one[3] * share;
  const parts = [0, 1, 2].map((at) =>
    Math.round((one[at] as number) * alpha + (other[at] as number) * (1 - alpha)),
  );
  return `rgb(${parts.join(', ')})`;
}

/** A colour without its transparency. */
export function opaque(colour: string): string {
  const parts = channels(colour);
  return parts === undefined ? colour : `rgb(${parts.slice(0, 3).join(', ')})`;
}

/** A colour of a gradient; `share` from 0 to 1. */
export function gradientColour(gradient: readonly string[], share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (gradient.length - 1);
  const at = Math.min(gradient.length - 2, Math.floor(place));
  return mixed(gradient[at + 1] ?? '', gradient[at] ?? '', place - at);
}

/** A colour through which so much of what is below is seen that it has only this share. */
export function translucent(colour: string, share: number): string {
  const parts = channels(colour);
  return parts === undefined ? colour : `rgba(${parts.slice(0, 3).join(', ')}, ${parts[3] * share})`;
}

/** Red, green and blue of a colour from 0 to 255, and its opacity from 0 to 1; undefined where it is written in another way. */
export function channels(colour: string): readonly [number, number, number, number] | undefined {
  const hex = /^#([\da-f]{3,8})$/i.exec(colour)?.[1];
  if (hex !== undefined) {
    const digits = hex.length < 6 ? hex.replaceAll(/./g, '$&$&') : hex;
    const at = (place: number) => Number.parseInt(digits.slice(place, place + 2), 16);
    return [at(0), at(2), at(4), digits.length === 8 ? at(6) / 255 : 1];
  }
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(colour)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  if (numbers === undefined || numbers.length < 3 || numbers.some(Number.isNaN)) return undefined;
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1];
}
