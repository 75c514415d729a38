import {
  type Element,
  isSweep,
  jsonElement,
  numberElement,
  type RangeSweep,
  rangeAt,
  type Sweep,
  textElement,
} from './elements.ts';

/** A call in an override: `range(0, 10, step=2)`. */
export interface FunctionCall {
  readonly name: string;
  readonly positional: readonly (Element | Sweep)[];
  readonly named: ReadonlyMap<string, Element | Sweep>;
  /** As it was written. */
  readonly source: string;
  /** Throws an error that says where. */
  fail(problem: string): never;
}

type Value = Element | Sweep;

/** Functions that Hydra itself evaluates in the program; they stand for one value, and are handed on as they are. */
const handedOn = new Set(['extend_list']);

/**
 * What a function of Hydra's extended override syntax stands for:
 * https://hydra.cc/docs/advanced/override_grammar/extended/
 */
export function callFunction(call: FunctionCall): Value {
  if (handedOn.has(call.name))
    return { kind: 'text', text: call.source, isQuoted: false, source: call.source };
  const known = functions[call.name];
  if (known === undefined) {
    return call.fail(
      `Hydra has no such function; there are ${[...Object.keys(functions), ...handedOn].join(', ')}`,
    );
  }
  return known(call);
}

const functions: Readonly<Record<string, (call: FunctionCall) => Value>> = {
  choice(call) {
    const { positional } = call;
    if (positional.length === 0) return call.fail('there is nothing to choose from');
    const [first] = positional;
    if (positional.length === 1 && first?.kind === 'choice') {
      return first.isSimple ? { ...first, isSimple: false } : call.fail('a choice cannot hold another one');
    }
    return { kind: 'choice', elements: positional.map((value) => elementOf(value, call)), isSimple: false };
  },
  range(call) {
    const [first, second] = ['start', 'stop'].map((name, index) => argument(call, name, index));
    const step = argument(call, 'step', 2) ?? numberElement(1, true);
    if (first === undefined) return call.fail('it needs where to stop');
    const [start, stop] = second === undefined ? [numberElement(0, true), first] : [first, second];
    return rangeOf(start, stop, step, call);
  },
  interval(call) {
    const [start, end] = ['start', 'end'].map((name, index) => numberOf(argument(call, name, index), call));
    if (start === undefined || end === undefined)
      return call.fail('it needs where to start and where to end');
    return { kind: 'interval', start, end, isWhole: false, tags: new Set() };
  },
  glob(call) {
    const lists = ['include', 'exclude'].map((name, index) => textsOf(argument(call, name, index)));
    if (lists[0] === undefined || lists[0].length === 0) return call.fail('it needs what to include');
    return { kind: 'glob', include: lists[0], exclude: lists[1] ?? [] };
  },
  tag(call) {
    const values = [
      ...call.positional,
      ...(call.named.get('sweep') === undefined ? [] : [call.named.get('sweep') as Value]),
    ];
    const sweep = values.at(-1);
    if (sweep === undefined || !isSweep(sweep))
      return call.fail('its last argument must be a choice, a range or an interval');
    const tags = new Set(
      values.slice(0, -1).map((value) => (isSweep(value) ? call.fail('a tag is a word') : value.source)),
    );
    return sweep.kind === 'interval' ? { ...sweep, tags } : sweep;
  },
  // In which order runs are started changes nothing about them.
  shuffle: (call) => listed(call),
  sort(call) {
    const isReverse = call.named.get('reverse');
    const value = listed(call);
    const reverse = isReverse?.kind === 'boolean' && isReverse.value;
    if (value.kind === 'choice') return { ...value, elements: sorted(value.elements, reverse, call) };
    if (value.kind === 'list') {
      const items = sorted(value.items, reverse, call);
      return { kind: 'list', items, source: `[${items.map(({ source }) => source).join(',')}]` };
    }
    if (value.kind !== 'range' || value.step > 0n !== reverse) return value;
    return {
      ...value,
      start: value.start + value.step * BigInt(Math.max(0, value.count - 1)),
      step: -value.step,
    };
  },
  int: (call) => cast(call, { element: (value) => wholeElement(value, call), isWhole: true }),
  float: (call) =>
    cast(call, { element: (value) => numberElement(castNumber(value, call), false), isWhole: false }),
  bool: (call) => cast(call, { element: (value) => booleanElement(value, call), isWhole: undefined }),
  str: (call) => cast(call, { element: (value) => textElement(textOf(value)), isWhole: undefined }),
  json_str: (call) => cast(call, { element: jsonElement, isWhole: undefined }),
};

/** An argument by its name or its place. */
function argument({ positional, named }: FunctionCall, name: string, index: number): Value | undefined {
  return named.get(name) ?? positional[index];
}

function elementOf(value: Value, { fail }: Pick<FunctionCall, 'fail'>): Element {
  return isSweep(value) ? fail('a sweep cannot be one of several values') : value;
}

function numberOf(value: Value | undefined, { fail }: FunctionCall): number | undefined {
  if (value === undefined) return undefined;
  return value.kind === 'number' ? value.value : fail('its arguments must be numbers');
}

function textsOf(value: Value | undefined): string[] | undefined {
  if (value === undefined || isSweep(value)) return undefined;
  return value.kind === 'list' ? value.items.map(textOf) : [textOf(value)];
}

function textOf(element: Element): string {
  if (element.kind === 'text') return element.text;
  return element.kind === 'boolean' ? String(element.value) : element.source;
}

/** The one sweep or list that a function is about, or its arguments as a choice. */
function listed(call: FunctionCall): Value {
  const { positional, named } = call;
  const given =
    named.get('sweep') ?? named.get('list') ?? (positional.length === 1 ? positional[0] : undefined);
  if (given !== undefined)
    return given.kind === 'interval' || given.kind === 'glob'
      ? call.fail('it is for choices and ranges')
      : given;
  if (positional.length === 0) return call.fail('there is nothing in it');
  return { kind: 'choice', elements: positional.map((value) => elementOf(value, call)), isSimple: true };
}

function sorted(elements: readonly Element[], reverse: boolean, { fail }: FunctionCall): Element[] {
  const isNumbers = elements.every(({ kind }) => kind === 'number' || kind === 'boolean');
  if (!isNumbers && !elements.every(({ kind }) => kind === 'text'))
    return fail('numbers and texts have no order together');
  const keyOf = (element: Element): number | string =>
    element.kind === 'number' || element.kind === 'boolean' ? Number(element.value) : textOf(element);
  const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
  return elements.toSorted((a, b) => (reverse ? compare(keyOf(b), keyOf(a)) : compare(keyOf(a), keyOf(b))));
}

function cast(
  call: FunctionCall,
  {
    element,
    isWhole,
  }: { readonly element: (value: Element) => Element; readonly isWhole: boolean | undefined },
): Value {
  const value = call.named.get('value') ?? (call.positional.length === 1 ? call.positional[0] : listed(call));
  if (value === undefined) return call.fail('there is nothing in it');
  switch (value.kind) {
    case 'choice':
      return { ...value, elements: value.elements.map(element) };
    case 'range':
      if (isWhole === undefined)
        return { kind: 'choice', elements: elementsOf(value, call).map(element), isSimple: false };
      return isWhole && !value.isWhole
        ? { kind: 'choice', elements: elementsOf(value, call).map(element), isSimple: false }
        : { ...value, isWhole };
    case 'interval':
      return isWhole === undefined ? call.fail('it is not for intervals') : { ...value, isWhole };
    case 'glob':
      return call.fail('it is not for globs');
    case 'list': {
      const items = value.items.map(element);
      return { kind: 'list', items, source: `[${items.map(({ source }) => source).join(',')}]` };
    }
    case 'dict':
      // The program evaluates it as it stands.
      return { ...value, source: call.source };
    default:
      return element(value);
  }
}

/** More values than anybody lists. */
const mostElements = 100_000;

function elementsOf(range: RangeSweep, { fail }: FunctionCall): Element[] {
  if (range.count > mostElements) return fail(`it has ${range.count} values, more than can be listed`);
  return Array.from({ length: range.count }, (_, index) =>
    numberElement(rangeAt(range, index), range.isWhole),
  );
}

function wholeElement(value: Element, call: FunctionCall): Element {
  return numberElement(Math.trunc(castNumber(value, call)), true);
}

function castNumber(value: Element, { fail }: FunctionCall): number {
  const number = value.kind === 'boolean' ? Number(value.value) : Number(textOf(value).replaceAll('_', ''));
  return Number.isFinite(number) && value.kind !== 'null' ? number : fail(`${value.source} is no number`);
}

function booleanElement(value: Element, { fail }: FunctionCall): Element {
  const truth =
    value.kind === 'number' ? value.value !== 0 : { true: true, false: false }[textOf(value).toLowerCase()];
  return truth === undefined
    ? fail(`${value.source} is no truth value`)
    : { kind: 'boolean', value: truth, source: String(truth) };
}

/** More digits than any number has. */
const mostDecimals = 400;

function rangeOf(start: Value, stop: Value, step: Value, call: FunctionCall): Sweep {
  const all = [start, stop, step].map((value) =>
    value.kind === 'number' ? decimalOf(value.source) : call.fail('its arguments must be numbers'),
  );
  const decimals = Math.max(0, ...all.map(({ exponent }) => -exponent));
  if (decimals > mostDecimals || all.some(({ exponent }) => exponent > mostDecimals))
    return call.fail('its numbers are beyond all measure');
  const [from = 0n, to = 0n, by = 0n] = all.map(
    ({ digits, exponent }) => digits * 10n ** BigInt(exponent + decimals),
  );
  if (by === 0n) return call.fail('the step is zero, so that it would never end');
  const distance = by > 0n ? to - from : from - to;
  const size = by > 0n ? by : -by;
  const count = distance <= 0n ? 0 : Number((distance + size - 1n) / size);
  if (count === 0) return call.fail('it has no values');
  const isWhole = [start, stop, step].every((value) => value.kind === 'number' && value.isWhole);
  return { kind: 'range', start: from, step: by, decimals, count, isWhole };
}

function decimalOf(source: string): { readonly digits: bigint; readonly exponent: number } {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(source.replaceAll('_', '')) ?? [];
  const digits = BigInt(`${whole}${fraction}` || '0');
  return { digits: sign === '-' ? -digits : digits, exponent: Number(power) - fraction.length };
}
