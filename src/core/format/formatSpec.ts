/**
 * How a value is written: Python's format specification mini-language, as in `${mass:>10.3f}`.
 * https://docs.python.org/3/library/string.html#format-specification-mini-language
 */
export interface FormatSpec {
  /** One character; undefined for a space, or for the zeros that a `0` in front of the width asks for. */
  readonly fill: string | undefined;
  readonly align: '<' | '>' | '=' | '^' | undefined;
  readonly sign: '+' | '-' | ' ' | undefined;
  /** `z`: a negative number that is rounded to zero has no sign. */
  readonly noNegativeZero: boolean;
  /** `#`: numbers keep their prefix, their point and their trailing zeros. */
  readonly alternate: boolean;
  /** `0` in front of the width. */
  readonly zeroPadded: boolean;
  /** In characters; 0 for as wide as it is. */
  readonly width: number;
  readonly grouping: ',' | '_' | undefined;
  readonly precision: number | undefined;
  /** Undefined leaves it to the value. */
  readonly type: FormatType | undefined;
}

const types = ['b', 'c', 'd', 'e', 'E', 'f', 'F', 'g', 'G', 'n', 'o', 's', 'x', 'X', '%'] as const;

/** The letters of Python's presentation types. */
export type FormatType = (typeof types)[number];

/** What is wider than a line of any file is a slip; and each of a million runs would hold it. */
const largest = 1000;

const grammar =
  /^(?:(?<fill>.)(?=[<>=^]))?(?<align>[<>=^])?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0(?=.))?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>.)?$/su;

/** Reads a format specification. Returns what is wrong, in words that follow the specification, where it is none. */
export function parseFormat(text: string): { readonly spec: FormatSpec } | { readonly problem: string } {
  const found = grammar.exec(text)?.groups;
  if (found === undefined) return { problem: "is none of Python's; examples are .3f, >10, 05d and .2e" };
  const { fill, align, sign, grouping, precision, type } = found;
  // After a fill character the zero is the first digit of the width, as Python has it.
  const zeroPadded = fill === undefined && (found.zero !== undefined || /^0/.test(found.width ?? ''));
  const width = Number(found.width ?? 0);
  if (type !== undefined && !(types as readonly string[]).includes(type)) {
    return { problem: `has no type ${JSON.stringify(type)}; the types are ${types.join(' ')}` };
  }
  if (width > largest || Number(precision ?? 0) > largest) {
    return { problem: `asks for more than ${largest} characters` };
  }
  const spec = {
    fill,
    align,
    sign,
    noNegativeZero: found.z !== undefined,
    alternate: found.alternate !== undefined,
    zeroPadded,
    width,
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  } as FormatSpec;
  const problem = contradiction(spec);
  return problem === undefined ? { spec } : { problem };
}

/** What no value can be written with. */
function contradiction(spec: FormatSpec): string | undefined {
  const { type, grouping, precision } = spec;
  if (type === undefined) return undefined;
  if (type === 's') {
    if (spec.align === '=') return 'aligns a text by "=", which is for numbers; use <, > or ^';
    if (isForNumbers(spec)) return 'is for a text ("s"), and signs and digits are for numbers';
    return undefined;
  }
  if ('bcdoxX'.includes(type)) {
    if (precision !== undefined) return `has a precision, which "${type}" cannot have; use f, e or g`;
    if (spec.noNegativeZero) return `has a "z", which "${type}" cannot have`;
  }
  if (type === 'c' && (spec.sign !== undefined || spec.alternate))
    return 'is for a character, which has no sign';
  if (grouping !== undefined && (type === 'c' || type === 'n')) return `cannot group the digits of "${type}"`;
  if (grouping === ',' && 'boxX'.includes(type))
    return `cannot group the digits of "${type}" by ","; use "_"`;
  return undefined;
}

/** Whether a specification holds what means nothing for a text. */
export function isForNumbers({ sign, noNegativeZero, alternate, grouping }: FormatSpec): boolean {
  return sign !== undefined || noNegativeZero || alternate || grouping !== undefined;
}
