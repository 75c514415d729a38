import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParamMap } from '../../../../src/core/run.ts';
import { compareRuns, knownRuns } from '../../../../src/extension/preview/comparison.ts';
import { pointHash } from '../../../../src/extension/preview/pointHash.ts';

async function compared(before: ParamMap[], after: ParamMap[]) {
  const known = await knownRuns(sequence(before), async () => {});
  const found = await compareRuns(sequence(after), known, async () => true);
  return found && { added: [...found.added], kept: [...found.kept], gone: [...found.gone] };
}

function sequence(runs: readonly ParamMap[]) {
  return { size: runs.length, at: (index: number) => runs[index] as ParamMap };
}

describe('a plan and the last sweep of its file', () => {
  test('are compared run by run, in whatever order', async () => {
    const before = [{ mass: 900 }, { mass: 1000 }, { mass: 1100 }];
    const after = [{ mass: 1100 }, { mass: 950 }, { mass: 900 }];
    expect(await compared(before, after)).toEqual({ added: [1], kept: [0, 2], gone: [1] });
  });

  test('have in common what is the same JSON, whatever the order of keys', async () => {
    const before = [{ opt: { lr: 0.1, name: 'adam' }, seeds: [1, 2] }];
    expect(await compared(before, [{ seeds: [1, 2], opt: { name: 'adam', lr: 0.1 } }])).toMatchObject({
      kept: [0],
    });
    expect(await compared(before, [{ seeds: [2, 1], opt: { name: 'adam', lr: 0.1 } }])).toMatchObject({
      added: [0],
      gone: [0],
    });
  });

  test('are not compared to the end when that is not wanted any more', async () => {
    const many = sequence(Array.from({ length: 10_000 }, (_, run) => ({ run })));
    const known = await knownRuns(many, async () => {});
    expect(await compareRuns(many, known, async () => false)).toBeUndefined();
  });
});

describe('the hash of a run', () => {
  test('tells apart what is different', () => {
    const runs: ParamMap[] = [
      {},
      { a: null },
      { a: 'null' },
      { a: 0 },
      { a: '0' },
      { a: false },
      { a: 'false' },
      { a: [] },
      { a: {} },
      { a: '' },
      { a: [[]] },
      { a: [0] },
      { a: { '0': 0 } },
      { b: 0 },
      { a: 0, b: 0 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 1e-300 },
      { a: -1e-300 },
    ];
    expect(new Set(runs.map(pointHash)).size).toBe(runs.length);
  });

  test('is the same for the same JSON, and for other JSON another', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (a, b) => {
          const copy = JSON.parse(JSON.stringify(a)) as ParamMap;
          expect(pointHash(a as ParamMap)).toBe(pointHash(copy));
          const reversed = Object.fromEntries(Object.entries(copy).reverse()) as ParamMap;
          expect(pointHash(reversed)).toBe(pointHash(copy));
          if (canonical(a) !== canonical(b))
            expect(pointHash(a as ParamMap)).not.toBe(pointHash(b as ParamMap));
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });
});

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
