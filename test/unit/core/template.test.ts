import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeTemplate,
  expandTemplate,
  parameterNamePattern,
  parseTemplate,
  templateNames,
} from '../../../src/core/template.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('$', '{', '}', '${', '${{', 'x', '${x}'), { maxLength: 20 })
    .map((parts) => parts.join('')),
);

describe('a word', () => {
  test.each([
    ['--mass=${mass}', '--mass=900'],
    ['${mass}${mass}', '900900'],
    ['${text}', "it's\n$(rm) ${mass}"],
    ['${small}', '1e-7'],
    ['${half}', '0.5'],
    ['${yes} ${nothing}', 'true null'],
    ['${list}', '[1,"a",{"b":null}]'],
    ['${opt.lr}', '0.01'],
    ['${{mass}', '${mass}'],
    ['${{{mass}', '${{mass}'],
    ['$${mass}', '$900'],
    ['$mass {mass} $', '$mass {mass} $'],
    ['', ''],
  ])('%s becomes %s', (word, expanded) => {
    const params = {
      mass: 900,
      text: "it's\n$(rm) ${mass}",
      small: 1e-7,
      half: 0.5,
      yes: true,
      nothing: null,
      list: [1, 'a', { b: null }],
      'opt.lr': 0.01,
    };
    expect(expandTemplate(word, params)).toBe(expanded);
  });

  test('names the parameters that it takes', () => {
    expect(templateNames('${a}-${b} ${{c} ${a}')).toEqual(['a', 'b', 'a']);
  });

  test('that takes a parameter which a run lacks is an error', () => {
    expect(() => expandTemplate('${x}', { y: 1 })).toThrow(
      new RangeError('${x} names no parameter; this run has y'),
    );
    expect(() => expandTemplate('${constructor}', {})).toThrow(RangeError);
  });
});

test('any text that is escaped expands to itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(expandTemplate(escapeTemplate(text), {})).toBe(text);
    }),
  );
});

test('any word without an opening is itself', () => {
  fc.assert(
    fc.property(
      anyText.filter((word) => !word.includes('${')),
      (word) => {
        expect(expandTemplate(word, {})).toBe(word);
      },
    ),
  );
});

test('any value arrives between what stands around it', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (before, value, behind) => {
      const word = `${escapeTemplate(before)}\${x}${escapeTemplate(behind)}`;
      // A "$" just before an opening makes no other one.
      expect(expandTemplate(word, { x: value })).toBe(before + value + behind);
    }),
  );
});

test('the parts of any word cover it without a gap', () => {
  fc.assert(
    fc.property(anyText, (word) => {
      let position = 0;
      for (const { start, end } of parseTemplate(word)) {
        expect(start).toBe(position);
        expect(end).toBeGreaterThan(start);
        position = end;
      }
      expect(position).toBe(word.length);
    }),
  );
});

test.each(['a', '_', 'max-depth', 'opt.lr', 'layer1.2', 'größe', '質量', 'x_1'])(
  '%s can be a name',
  (name) => {
    expect(parameterNamePattern.test(name)).toBe(true);
  },
);

test.each(['', '1', '-a', 'a b', '.a', 'a.', 'a..b', 'a:b', 'a$', 'a{', 'a\n'])(
  '%j cannot be a name',
  (name) => {
    expect(parameterNamePattern.test(name)).toBe(false);
  },
);
