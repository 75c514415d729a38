import { MultirunError } from '../../errors.ts';
import type { Element, Sweep } from './elements.ts';
import { callFunction } from './functions.ts';

/** One override of a Hydra command line: `key=value`, with a prefix or a package where it has one. */
export interface Override {
  /** All that stands before the `=`: `+db@backup`. */
  readonly key: string;
  /** All that stands behind it, as written; undefined for `~key`. */
  readonly text: string | undefined;
  /** What the text says. */
  readonly value: Element | Sweep | undefined;
}

const keyPattern = /^(?:~|\+{1,2})?[\w./$-]+(?:@[\w.:]*)?$/;

/**
 * Reads an override, as Hydra's grammar has it: https://hydra.cc/docs/advanced/override_grammar/basic/
 * Throws a MultirunError that says what is wrong where.
 */
export function parseOverride(line: string): Override {
  const equals = line.indexOf('=');
  const key = equals < 0 ? line : line.slice(0, equals).trim();
  if (!keyPattern.test(key) || (equals < 0 && !key.startsWith('~'))) {
    throw new MultirunError(
      'invalid-argument',
      `${JSON.stringify(line)} is no override of Hydra; write key=value`,
    );
  }
  if (equals < 0) return { key, text: undefined, value: undefined };
  const text = line.slice(equals + 1);
  return { key, text, value: parseValue(text, line) };
}

/** A text that is being read from its beginning to its end. */
interface Reader {
  readonly text: string;
  position: number;
  fail(problem: string): never;
}

function parseValue(text: string, line: string): Element | Sweep {
  const reader: Reader = {
    text,
    position: 0,
    fail(problem) {
      const place = line.length - text.length + reader.position + 1;
      throw new MultirunError('invalid-argument', `${JSON.stringify(line)}, column ${place}: ${problem}`);
    },
  };
  if (text.trim() === '') return { kind: 'text', text: '', isQuoted: false, source: '' };
  const elements = [readElement(reader)];
  while (accept(reader, ',')) elements.push(readElement(reader));
  if (reader.position < text.length)
    reader.fail(`${JSON.stringify(text.charAt(reader.position))} is not expected here`);
  const [first] = elements;
  if (elements.length === 1 && first !== undefined) return first;
  return { kind: 'choice', elements: elements.map((element) => plainOnly(element, reader)), isSimple: true };
}

function plainOnly(value: Element | Sweep, reader: Reader): Element {
  if ('source' in value) return value;
  return reader.fail('a sweep cannot be one of several values');
}

function readElement(reader: Reader): Element | Sweep {
  skipSpace(reader);
  const start = reader.position;
  const char = reader.text.charAt(start);
  if (char === '[') return readList(reader);
  if (char === '{') return readDict(reader);
  if (char === '"' || char === "'") return readQuoted(reader);
  const call = /^([A-Za-z_]\w*)[ \t]*\(/.exec(reader.text.slice(start));
  if (call !== null) return readCall(reader, call[1] ?? '', call[0].length);
  return readPrimitive(reader, '');
}

function readList(reader: Reader): Element {
  const start = reader.position;
  const items: Element[] = [];
  reader.position += 1;
  skipSpace(reader);
  if (!accept(reader, ']')) {
    do items.push(plainOnly(readElement(reader), reader));
    while (accept(reader, ','));
    expect(reader, ']');
  }
  return { kind: 'list', items, source: sourceFrom(reader, start) };
}

function readDict(reader: Reader): Element {
  const start = reader.position;
  const entries: [string, Element][] = [];
  reader.position += 1;
  skipSpace(reader);
  if (!accept(reader, '}')) {
    do {
      skipSpace(reader);
      const quote = reader.text.charAt(reader.position);
      const key = quote === '"' || quote === "'" ? readQuoted(reader) : readPrimitive(reader, ':');
      expect(reader, ':');
      entries.push([key.kind === 'text' ? key.text : key.source, plainOnly(readElement(reader), reader)]);
    } while (accept(reader, ','));
    expect(reader, '}');
  }
  return { kind: 'dict', entries, source: sourceFrom(reader, start) };
}

function readQuoted(reader: Reader): Element {
  const start = reader.position;
  const quote = reader.text.charAt(start);
  let text = '';
  for (let index = start + 1; index < reader.text.length; index++) {
    const [slashes = ''] = /^\\*/.exec(reader.text.slice(index)) ?? [];
    const next = reader.text.charAt(index + slashes.length);
    // Backslashes mean something only in front of a quote.
    text += next === quote ? slashes.slice(0, slashes.length >> 1) : slashes;
    index += slashes.length;
    if (next === quote && slashes.length % 2 === 0) {
      reader.position = index + 1;
      skipSpace(reader);
      return { kind: 'text', text, isQuoted: true, source: reader.text.slice(start, index + 1) };
    }
    text += next;
  }
  return reader.fail(`a text that begins with ${quote} must end with it`);
}

function readCall(reader: Reader, name: string, length: number): Element | Sweep {
  const start = reader.position;
  reader.position += length;
  const positional: (Element | Sweep)[] = [];
  const named = new Map<string, Element | Sweep>();
  skipSpace(reader);
  if (!accept(reader, ')')) {
    do {
      skipSpace(reader);
      const label = /^([A-Za-z_]\w*)[ \t]*=/.exec(reader.text.slice(reader.position));
      if (label !== null) reader.position += label[0].length;
      const argument = readElement(reader);
      if (label !== null) named.set(label[1] ?? '', argument);
      else if (named.size > 0) reader.fail('an argument without a name stands behind one with a name');
      else positional.push(argument);
    } while (accept(reader, ','));
    expect(reader, ')');
  }
  const source = sourceFrom(reader, start);
  return callFunction({
    name,
    positional,
    named,
    source,
    fail: (problem) => reader.fail(`${name}: ${problem}`),
  });
}

const number = /^[+-]?(?:(?:\d(?:_?\d)*)(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d+)?$/;

/** Anything without quotes, to the next comma or closing bracket, or to what `until` has besides. */
function readPrimitive(reader: Reader, until: string): Element {
  const start = reader.position;
  let text = '';
  while (reader.position < reader.text.length) {
    const rest = reader.text.slice(reader.position);
    const interpolation = rest.startsWith('${') ? interpolationIn(rest, reader) : undefined;
    const escaped = /^\\[\\()[\]{}:=, \t]/.exec(rest)?.[0];
    if (interpolation !== undefined) {
      text += interpolation;
      reader.position += interpolation.length;
    } else if (escaped !== undefined) {
      text += escaped.charAt(1);
      reader.position += escaped.length;
    } else if (`,)]}([{"'${until}`.includes(rest.charAt(0))) break;
    else {
      text += rest.charAt(0);
      reader.position += 1;
    }
  }
  const source = sourceFrom(reader, start);
  if (source === '') return reader.fail('a value is missing');
  if (number.test(source)) {
    const value = Number(source.replaceAll('_', ''));
    return { kind: 'number', value, isWhole: /^[+-]?[\d_]+$/.test(source), source };
  }
  if (/^(?:true|false)$/i.test(source)) return { kind: 'boolean', value: /^t/i.test(source), source };
  if (/^null$/i.test(source)) return { kind: 'null', source };
  return { kind: 'text', text: text.trim(), isQuoted: false, source };
}

function interpolationIn(rest: string, reader: Reader): string {
  let depth = 0;
  for (let index = 1; index < rest.length; index++) {
    if (rest.charAt(index) === '{') depth += 1;
    if (rest.charAt(index) === '}' && --depth === 0) return rest.slice(0, index + 1);
  }
  return reader.fail('"${" must be closed by "}"');
}

function sourceFrom(reader: Reader, start: number): string {
  return reader.text.slice(start, reader.position).trim();
}

function skipSpace(reader: Reader): void {
  while (/[ \t]/.test(reader.text.charAt(reader.position))) reader.position += 1;
}

function accept(reader: Reader, char: string): boolean {
  skipSpace(reader);
  if (reader.text.charAt(reader.position) !== char) return false;
  reader.position += 1;
  skipSpace(reader);
  return true;
}

function expect(reader: Reader, char: string): void {
  if (!accept(reader, char)) reader.fail(`"${char}" is missing`);
}
