import { fixedDigits, significantDigits } from './decimal.ts';
import type { FormatSpec, FormatType } from './formatSpec.ts';

/** A number in pieces, as padding and grouping see it. */
interface NumberText {
  readonly isNegative: boolean;
  /** `0x` and its like. */
  readonly prefix: string;
  /** The digits that may be grouped and filled up with zeros. */
  readonly digits: string;
  /** What follows them: the point, the fraction, the exponent, a percent sign. */
  readonly rest: string;
}

/**
 * Writes a number as Python's `format` does. A whole number is taken for an `int` where its format fits one, and for a
 * `float` otherwise, since YAML and JSON do not tell them apart. Throws a RangeError where the number has no such form.
 */
export function formatNumber(value: number, spec: FormatSpec): string {
  const { type } = spec;
  if (isIntegerFormat(spec) && Number.isInteger(value)) return arrange(integerText(value, spec), spec);
  if (type !== undefined && 'bcdoxX'.includes(type)) {
    throw new RangeError(`"${type}" is for whole numbers, and ${value} is none`);
  }
  const text = floatText(Math.abs(value), spec);
  const isZero = !/[1-9i]/.test(`${text.digits}${text.rest.replace(/e.*/i, '')}`);
  const isNegative = value < 0 && !(spec.noNegativeZero && isZero);
  return arrange({ ...text, isNegative, prefix: '' }, spec);
}

function isIntegerFormat({ type, precision, noNegativeZero }: FormatSpec): boolean {
  if (type !== undefined && !'bcdoxXn'.includes(type)) return false;
  return precision === undefined && !noNegativeZero;
}

const bases: Readonly<Partial<Record<FormatType, readonly [base: number, prefix: string]>>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function integerText(value: number, { type, alternate }: FormatSpec): NumberText {
  if (type === 'c') {
    if (!(value >= 0 && value <= 0x10ffff))
      throw new RangeError(`"c" is for characters, and ${value} is none`);
    return { isNegative: false, prefix: '', digits: '', rest: String.fromCodePoint(value) };
  }
  const [base, prefix] = bases[type ?? 'd'] ?? [10, ''];
  const digits = BigInt(Math.abs(value)).toString(base);
  return {
    isNegative: value < 0,
    prefix: alternate ? prefix : '',
    digits: type === 'X' ? digits.toUpperCase() : digits,
    rest: '',
  };
}

function floatText(value: number, spec: FormatSpec): Pick<NumberText, 'digits' | 'rest'> {
  const { alternate, precision } = spec;
  const kind = (spec.type ?? '').toLowerCase();
  let text: string;
  if (kind === 'f' || kind === '%') {
    const shown = kind === '%' ? value * 100 : value;
    const point = alternate && precision === 0 ? '.' : '';
    // A hundredfold may be too large for a double.
    text = Number.isFinite(shown) ? fixedDigits(shown, precision ?? 6) + point : 'inf';
    if (kind === '%') text += '%';
  } else if (kind === 'e') {
    text = scientific(value, precision ?? 6, alternate);
  } else {
    text = kind === '' ? plainText(value, precision, alternate) : general(value, precision ?? 6, alternate);
  }
  if (spec.type === 'E' || spec.type === 'G') text = text.toUpperCase();
  const digits = /^\d*/.exec(text)?.[0] ?? '';
  return { digits, rest: text.slice(digits.length) };
}

function scientific(value: number, places: number, alternate: boolean): string {
  const { digits, power } = significantDigits(value, places + 1);
  return withExponent(digits, power, alternate);
}

function withExponent(digits: string, power: number, alternate: boolean): string {
  const point = digits.length > 1 || alternate ? '.' : '';
  const sign = power < 0 ? '-' : '+';
  return `${digits.charAt(0)}${point}${digits.slice(1)}e${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `g`: as many significant digits as the precision says, without trailing zeros, in whichever form is shorter. */
function general(
  value: number,
  precision: number,
  alternate: boolean,
  lastFixedPower = precision || 1,
): string {
  const count = precision || 1;
  const { digits, power } = significantDigits(value, count);
  const kept = alternate ? digits : digits.replace(/(?<=.)0+$/, '');
  if (power < -4 || power >= lastFixedPower) return withExponent(kept, power, alternate);
  return placed(kept, power, alternate);
}

/** Puts the point into digits whose first one stands for 10^power. */
function placed(digits: string, power: number, alternate: boolean): string {
  const all = power < 0 ? '0'.repeat(-power) + digits : digits.padEnd(power + 1, '0');
  const whole = all.slice(0, Math.max(1, power + 1));
  const fraction = all.slice(whole.length);
  return fraction === '' && !alternate ? whole : `${whole}.${fraction}`;
}

/** A float without a type: as `g`, or with the fewest digits that read back as the same number, but always with a point. */
function plainText(value: number, precision: number | undefined, alternate: boolean): string {
  let text: string;
  if (precision !== undefined) {
    text = general(value, precision, alternate, (precision || 1) - 1);
  } else {
    const [digits = '', power = ''] = value.toExponential().split('e');
    const shortest = digits.replace('.', '');
    const isFixed = Number(power) >= -4 && Number(power) < 16;
    text = isFixed
      ? placed(shortest, Number(power), alternate)
      : withExponent(shortest, Number(power), alternate);
  }
  if (text.endsWith('.')) return `${text}0`;
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function arrange(number: NumberText, spec: FormatSpec): string {
  const sign = number.isNegative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const fill = spec.fill ?? (spec.zeroPadded ? '0' : ' ');
  const align = spec.align ?? (spec.zeroPadded ? '=' : '>');
  const head = sign + number.prefix;
  const others = head.length + lengthOf(number.rest);
  const zeros = fill === '0' && align === '=' ? spec.width - others : 0;
  const digits = number.digits === '' ? '' : group(number.digits, zeros, spec);
  const padding = Math.max(0, spec.width - others - digits.length);
  if (align === '=') return head + fill.repeat(padding) + digits + number.rest;
  return pad(head + digits + number.rest, padding, align, fill);
}

/** Groups digits from the right, with zeros in front until they and their separators are at least so wide. */
function group(digits: string, width: number, { grouping, type }: FormatSpec): string {
  const size = grouping === undefined ? Number.POSITIVE_INFINITY : 'boxX'.includes(type ?? 'd') ? 4 : 3;
  const groups: string[] = [];
  let left = digits;
  for (let wanted = width; ; wanted -= 1) {
    const taken = Math.min(size, Math.max(left.length, wanted, 1));
    groups.unshift(left.slice(-taken).padStart(taken, '0'));
    left = left.slice(0, Math.max(0, left.length - taken));
    wanted -= taken;
    if (left === '' && wanted <= 0) return groups.join(grouping ?? '');
  }
}

/** A text with fill characters around it; `=` puts them where `>` does. */
export function pad(text: string, padding: number, align: '<' | '>' | '=' | '^', fill: string): string {
  const before = align === '<' ? 0 : align === '^' ? Math.floor(padding / 2) : padding;
  return fill.repeat(before) + text + fill.repeat(padding - before);
}

/** In characters rather than UTF-16 code units. */
export function lengthOf(text: string): number {
  return [...text].length;
}
