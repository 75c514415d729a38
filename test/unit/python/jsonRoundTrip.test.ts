import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ParamValue } from '../../../src/core/run.ts';
import { hasPython, python, pythonEnvironment, runDirectory } from './python.ts';

/** Any string of UTF-16 code units, halves of surrogate pairs included. */
const anyString = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));

const { anyJson } = fc.letrec<{ anyJson: ParamValue }>((tie) => ({
  anyJson: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, '', '__proto__', 2 ** 53, 1e22, 5e-324, 1.7976931348623157e308),
    fc.string(),
    anyString,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('anyJson'), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), anyString), tie('anyJson')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

/** As echo.py describes a value. */
function description(value: ParamValue): unknown {
  if (typeof value === 'string') return `s${Buffer.from(value, 'utf16le').swap16().toString('hex')}`;
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return `n${bytes.toString('hex')}`;
  }
  if (Array.isArray(value)) return value.map(description);
  if (value === null || typeof value === 'boolean') return String(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [description(key), description(item)]),
  );
}

describe.skipIf(!hasPython)('between Node and Python', () => {
  it('any JSON value arrives in Python as it was written and comes back identical', async () => {
    const run = runDirectory();
    const echo = spawn(python, [path.join(import.meta.dirname, 'echo.py')], {
      env: pythonEnvironment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(async () => {
      const closed = once(echo, 'close');
      echo.stdin.end();
      await closed;
    });
    const answers = createInterface({ input: echo.stdout })[Symbol.asyncIterator]();
    const { MULTIRUN_PARAMS: params, MULTIRUN_RESULTS: results } = run.variables;

    await fc.assert(
      fc.asyncProperty(anyJson, async (value) => {
        const text = JSON.stringify({ value });
        writeFileSync(params, text);
        echo.stdin.write(`${JSON.stringify({ params, results })}\n`);
        const answer = await answers.next();
        const written = JSON.parse(text) as { value: ParamValue };
        expect(JSON.parse(String(answer.value))).toEqual(description(written));
        expect(JSON.stringify(JSON.parse(readFileSync(results, 'utf8')))).toBe(JSON.stringify(written.value));
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
