import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Figures } from './figures.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the file that figures are appended to. */
    figures: string;
  }
}

/**
 * Gathers the figures of all tests and prints them as one table when the last has ended. `MULTIRUN_FAULTS_FIGURES` names a file
 * that keeps them, so that several runs of tests add up; `MULTIRUN_FAULTS_TABLE` one that the table is written to.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'multirun-figures-'));
  const path = process.env.MULTIRUN_FAULTS_FIGURES ?? join(directory, 'figures.jsonl');
  await appendFile(path, '');
  project.provide('figures', path);
  return async () => {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    await rm(directory, { recursive: true });
    if (lines.length === 0) return;
    const table = tableOf(lines.map((line) => JSON.parse(line)));
    console.log(`\n${table}`);
    const kept = process.env.MULTIRUN_FAULTS_TABLE;
    if (kept !== undefined) await writeFile(kept, table);
  };
}

const columns = ['faults', 'runs', 'lost', 'twice', 'orphans'] as const;
const titles = ['Fault', 'Times', 'Runs', 'Runs lost', 'Run twice at a time', 'Orphans'];

function tableOf(all: readonly Figures[]): string {
  const kinds = Map.groupBy(all, ({ fault }) => fault);
  const rows = [...kinds].map(([fault, figures]) => [fault, ...sums(figures)]);
  rows.push(['**All**', ...sums(all)]);
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return `${[line(titles), rule, ...rows.map(line)].join('\n')}\n`;
}

function sums(figures: readonly Figures[]): string[] {
  return columns.map((column) => figures.reduce((sum, one) => sum + one[column], 0).toLocaleString('en'));
}
