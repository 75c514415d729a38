import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bestRun } from '../../src/core/bestRun.ts';
import { listMacroNames, textMacroNames } from '../../src/core/command/macros.ts';
import { launchSweepFile } from '../../src/core/launch.ts';
import { loadSweepFile } from '../../src/core/loadSweepFile.ts';
import { commandShape } from '../../src/core/sweepFile/commandSchema.ts';
import { resultsShape } from '../../src/core/sweepFile/resultsSchema.ts';
import { temporaryDirectory } from '../rig/temporaryDirectory.ts';

const reference = readFileSync(new URL('../../docs/command.md', import.meta.url), 'utf8');

/** Blocks of code with what stands behind their three ticks: a language and, of a file, its name. */
const blocks = [...reference.matchAll(/```(\w+)(?: (\S+))?\n(.*?)```/gs)].map((match) => ({
  language: match[1],
  file: match[2],
  text: match[3] as string,
  heading:
    reference
      .slice(0, match.index)
      .match(/^#+ .*$/gm)
      ?.at(-1) ?? '',
}));
const files = blocks.filter(({ file }) => file !== undefined);
const examples = blocks.filter(({ language }) => language === 'yaml');

describe('the reference of commands and results', () => {
  test.each(examples.map(({ heading, text }) => [heading, text]))(
    '%s: the example does what it says',
    async (_, text) => {
      await using directory = await temporaryDirectory();
      for (const { file = '', text: content } of files) writeFileSync(directory.at(file), content);
      writeFileSync(directory.at('a.sweep.yaml'), text);
      const loaded = await loadSweepFile(directory.at('a.sweep.yaml'));
      expect(loaded.diagnostics).toEqual([]);
      const env = { ...process.env, DATA: '/data' } as Record<string, string>;
      const sweep = await launchSweepFile(loaded, { env });
      const state = await sweep.finished;
      expect(state.counts.success).toBe(state.total);
      const [, what, said = ''] = /^# (\w+): (.*)$/m.exec(text) ?? [];
      const read = (name: string): string => readFileSync(`${sweep.directory}/runs/0/${name}`, 'utf8');
      if (what === 'prints') expect(read('stdout.log')).toBe(`${said}\n`);
      else if (what === 'results') expect(JSON.parse(read('results.json'))).toEqual(JSON.parse(said));
      else
        expect({ [String(what)]: bestRun(state, sweep.header.metric ?? { goal: 'minimize' })?.run }).toEqual({
          best: Number(said),
        });
    },
  );

  test.each([
    ['key', [...Object.keys(commandShape), ...Object.keys(resultsShape), 'template_files', 'unknown_names']],
    ['key of results', ['file', 'stdout', 'stderr', 'exit_code', 'goal', 'target', 'name']],
    ['macro', [...listMacroNames, ...textMacroNames].map((name) => `\${${name}}`)],
  ])('names every %s', (_, names) => {
    expect(
      names.filter((name) => !reference.includes(`\`${name}\``) && !reference.includes(`\`${name}:`)),
    ).toEqual([]);
  });
});
