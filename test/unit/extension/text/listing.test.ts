import { expect, test } from 'vitest';
import { listing } from '../../../../src/extension/text/listing.ts';

test('a mapping is listed with aligned values', () => {
  expect(listing({ mass: 900, engine: { thrust: 1.4 }, name: 'a\nb' })).toBe(
    'mass:   900\nengine: {"thrust":1.4}\nname:   a⏎b',
  );
});

test('what is no mapping stands for itself', () => {
  expect(listing([1, 2])).toBe('[1,2]');
  expect(listing('text')).toBe('text');
});

test('long mappings and long values are cut', () => {
  const lines = listing(
    Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, 'x'.repeat(1000)])),
  ).split('\n');
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe('… 70');
  expect(lines[0]?.length).toBeLessThan(150);
});
