import { pythonJson } from '../../command/pythonText.ts';
import type { ParamValue } from '../../run.ts';

/** A value of Hydra's override grammar. `source` is what a program is given for it: as it was written, without space around it. */
export type Element = { readonly source: string } & (
  | { readonly kind: 'number'; readonly value: number; readonly isWhole: boolean }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** `text` is what it stands for, without quotes and escapes. */
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'list'; readonly items: readonly Element[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [string, Element])[] }
);

/** A value that stands for several. */
export type Sweep =
  | { readonly kind: 'choice'; readonly elements: readonly Element[]; readonly isSimple: boolean }
  | RangeSweep
  | {
      readonly kind: 'interval';
      readonly start: number;
      readonly end: number;
      readonly isWhole: boolean;
      readonly tags: ReadonlySet<string>;
    }
  | { readonly kind: 'glob'; readonly include: readonly string[]; readonly exclude: readonly string[] };

/** Evenly spaced numbers, exact in decimals: `(start + index * step) / 10^decimals`. */
export interface RangeSweep {
  readonly kind: 'range';
  readonly start: bigint;
  readonly step: bigint;
  readonly decimals: number;
  readonly count: number;
  readonly isWhole: boolean;
}

/** Whether a value stands for several. */
export function isSweep(value: Element | Sweep): value is Sweep {
  return (
    value.kind === 'choice' || value.kind === 'range' || value.kind === 'interval' || value.kind === 'glob'
  );
}

/** An element as the value of a parameter: what Hydra reads as text stays as a program is given it. */
export function paramOf(element: Element): ParamValue {
  if (element.kind === 'boolean') return element.value;
  // A number that a double cannot hold exactly stays as it was written.
  if (element.kind === 'number')
    return element.isWhole && !Number.isSafeInteger(element.value) ? element.source : element.value;
  return element.kind === 'null' ? null : element.source;
}

/** The number at a place of a range. */
export function rangeAt({ start, step, decimals }: RangeSweep, index: number): number {
  return Number(`${start + BigInt(index) * step}e-${decimals}`);
}

/** A number as an element. */
export function numberElement(value: number, isWhole: boolean): Element {
  return { kind: 'number', value, isWhole, source: String(value) };
}

/** A text as an element: what is special in an override is escaped, as Hydra does. */
export function textElement(text: string): Element {
  const source = text.replaceAll(/[\\()[\]{}:=, \t]/g, (char) => `\\${char}`);
  return { kind: 'text', text, isQuoted: false, source };
}

/** What an element says, as JSON can hold it. */
function plain(element: Element): ParamValue {
  switch (element.kind) {
    case 'number':
    case 'boolean':
      return element.value;
    case 'text':
      return element.text;
    case 'list':
      return element.items.map(plain);
    case 'dict':
      return Object.fromEntries(element.entries.map(([key, item]) => [key, plain(item)]));
    default:
      return null;
  }
}

/** An element as a JSON text, as Hydra's `json_str` makes it. */
export function jsonElement(element: Element): Element {
  return textElement(pythonJson(plain(element)));
}
