import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { planOf } from './plans.ts';

const folder = fileURLToPath(new URL('../../../fixtures/plans/', import.meta.url));
const mostLines = 40;

test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))(
  '%s plans what it always planned',
  async (name) => {
    const plan = planOf(readFileSync(folder + name, 'utf8'));
    const lines: string[] = [];
    for (let run = 0; run < plan.size; run++) {
      if (lines.length === mostLines) run = Math.max(run, plan.size - 5);
      lines.push(JSON.stringify({ run, params: plan.at(run) }));
    }
    const path = `${folder}${name.replace('.yaml', '.jsonl')}`;
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(path);
  },
);
