import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { samplingLibraries } from '../../../../../src/core/plan/sampling/libraries.ts';

const folder = new URL('../../../../../src/core/plan/sampling/', import.meta.url);
const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

test('the libraries that a plan depends on are named with the versions that are installed', () => {
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/ from '(@?[a-z][^'.]*)';/g)].map(([, name]) => name),
  );
  expect(Object.keys(samplingLibraries).sort()).toEqual([...new Set(imported)].sort());
  for (const [name, version] of Object.entries(samplingLibraries)) {
    const manifest = new URL(`../../../../../node_modules/${name}/package.json`, import.meta.url);
    expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe(version);
  }
});

test('no value of a plan comes from a function of Math whose last bits engines choose', () => {
  const exact = new Set(['abs', 'ceil', 'floor', 'imul', 'max', 'min', 'round', 'sqrt', 'SQRT2']);
  const code = sources.map((text) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')).join('\n');
  const used = new Set([...code.matchAll(/\bMath\.(\w+)/g)].map(([, name]) => name as string));
  expect([...used].filter((name) => !exact.has(name))).toEqual([]);
  expect(used.size).toBeGreaterThan(3);
  // Nor from a power, unless it is one of two.
  const bases = [...code.matchAll(/(\S+) \*\*/g)].map(([, base]) => base);
  expect(new Set(bases)).toEqual(new Set(['2']));
});
