import { expect, test } from 'vitest';
import { captionedSvg } from '../../../../src/webview/results/plots/caption.ts';

const drawing =
  '<svg width="300" height="200" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">\n<path height="200"/>\n</svg>';
const look = { colour: '#999', background: '#111', fontFamily: '"Segoe UI", sans-serif', fontSize: 10 };

test('a drawing that is kept says below itself what is not drawn of it, whatever is written there', () => {
  const lines = ['2 of 3 runs are drawn.', 'Runs without “a < b & c” are left out.'];
  const svg = captionedSvg(drawing, { lines, ...look }, { width: 300, height: 200 });
  expect(svg).toContain('<svg width="300" height="245"');
  expect(svg).toContain('viewBox="0 0 300 245"');
  expect(svg).toContain('<path height="200"/>');
  expect(svg).toMatch(/y="215"[^>]*>2 of 3 runs are drawn\.<\/text>/);
  expect(svg).toMatch(/y="230"[^>]*>Runs without “a &#60; b &#38; c” are left out\.<\/text><\/svg>$/);
  expect(svg).toContain('font-family="&#34;Segoe UI&#34;, sans-serif"');
});

test('a drawing of which all is drawn stays as it is', () => {
  expect(captionedSvg(drawing, { lines: [], ...look }, { width: 300, height: 200 })).toBe(drawing);
});
