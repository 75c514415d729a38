import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  /** The importing file, relative to the project. */
  readonly from: string;
  /** A file of the project, relative to it, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name));

function importsOf(from: string): Import[] {
  const { module, errors } = parseSync(from, readFileSync(join(root, from), 'utf8'));
  expect(errors).toEqual([]);
  const named = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      name: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ name: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      name: readFileSync(join(root, from), 'utf8').slice(moduleRequest.start + 1, moduleRequest.end - 1),
      typeOnly: false,
    })),
  ];
  return named.map(({ name, typeOnly }) => ({
    from,
    to: name.startsWith('.') ? relative(root, join(root, dirname(from), name)) : name,
    typeOnly,
  }));
}

const imports = files.flatMap(importsOf);

/** The imports from files under one of `folders` to something that `forbidden` matches, as text for a person. */
function breaches(folders: readonly string[], forbidden: RegExp, { types = true } = {}): string[] {
  return imports
    .filter(
      ({ from, to, typeOnly }) =>
        folders.some((folder) => from.startsWith(folder)) && forbidden.test(to) && (types || !typeOnly),
    )
    .map(({ from, to }) => `${from} imports ${to}`);
}

function outside(...folders: string[]): string[] {
  return files.filter((file) => !folders.some((folder) => file.startsWith(folder)));
}

describe('the house', () => {
  test('is read whole: the files and imports are found', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(imports).toContainEqual({
      from: 'src/core/sweepState.ts',
      to: 'src/core/runTable.ts',
      typeOnly: false,
    });
    expect(imports).toContainEqual({ from: 'src/core/sweepState.ts', to: 'src/core/run.ts', typeOnly: true });
  });

  test('has no circles; the import of a type counts as any other', () => {
    const next = Map.groupBy(imports, ({ from }) => from);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const { to } of next.get(file) ?? []) if (to.startsWith('src/')) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test('imports only files that exist, by their whole name', () => {
    const known = new Set([...files, 'package.json']);
    expect(
      imports
        .filter(({ to }) => to.startsWith('src/') && !to.endsWith('.css') && !known.has(to))
        .map(({ from, to }) => `${from} imports ${to}`),
    ).toEqual([]);
  });

  test('lets only the extension know the editor', () => {
    expect(breaches(outside('src/extension/'), /^vscode$/)).toEqual([]);
    expect(breaches(['src/extension/language/', 'src/extension/text/'], /^vscode$/)).toEqual([]);
  });

  test('builds the core on nothing above it', () => {
    expect(breaches(['src/core/'], /^src\/(cli|extension|webview)\//)).toEqual([]);
  });

  test('keeps the command line and the extension apart', () => {
    expect(breaches(['src/cli/'], /^src\/extension\//)).toEqual([]);
    expect(breaches(['src/extension/'], /^src\/cli\//)).toEqual([]);
  });

  test('gives webviews types from outside, and code only from rooms that are pure', () => {
    const pure =
      /^src\/(webview\/|core\/(analysis\/sample\.ts$|failures\/placesInLine\.ts$|resultsTable\/(?!export)))/;
    const taken = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('src/webview/') && to.startsWith('src/') && !typeOnly && !pure.test(to),
    );
    expect(taken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    expect(breaches(['src/webview/'], /^node:/)).toEqual([]);
    expect(breaches(outside('src/webview/'), /^src\/webview\//)).toEqual([]);
  });

  test('reads sweep files, plans and reduces without I/O', () => {
    const pure = [
      'src/core/analysis/',
      'src/core/sweepFile/',
      'src/core/plan/',
      'src/core/failures/',
      'src/core/compare/',
      'src/core/debug/',
      'src/core/resultsTable/',
      'src/core/refine/',
      'src/core/sweepState.ts',
      'src/core/runTable.ts',
      'src/core/statistics.ts',
      'src/core/template.ts',
      'src/core/formatDiagnostic.ts',
    ];
    // Paths, URLs and colours are computed with, not opened.
    expect(breaches(pure, /^node:(?!path$|url$|util$)/)).toEqual([]);
    expect(breaches(pure, /^src\/core\/(runner|sweepDirectory\/(?!layout))/, { types: false })).toEqual([]);
  });

  test('reads no clock where it reads sweep files, plans and reduces', () => {
    const pure = files.filter((file) =>
      /^src\/core\/(analysis\/|refine\/|sweepFile\/|plan\/|failures\/|compare\/|resultsTable\/|sweepState|runTable|statistics|template)/.test(
        file,
      ),
    );
    expect(
      pure.filter((file) =>
        /Date\.now|new Date\(\)|performance\.now/.test(readFileSync(join(root, file), 'utf8')),
      ),
    ).toEqual([]);
  });

  test('has one place for each library that could spread', () => {
    expect(
      breaches(
        outside('src/core/sweepFile/', 'src/core/results/', 'src/core/import/', 'src/core/refine/'),
        /^yaml$/,
      ),
    ).toEqual([]);
    expect(breaches(outside('src/core/runner/', 'src/core/sweepDirectory/'), /^execa$/)).toEqual([]);
    expect(breaches(outside('src/extension/'), /^p-queue$/)).toEqual([]);
    expect(breaches(outside('src/cli/'), /^commander$/)).toEqual([]);
    expect(breaches(outside('src/core/resultsTable/'), /^hyparquet-writer$/)).toEqual([]);
    expect(breaches(outside('src/core/analysis/'), /^ml-/)).toEqual([]);
  });

  test('has no console and no process.exit in the core', () => {
    const offenders = files.filter(
      (file) =>
        file.startsWith('src/core/') &&
        /\bconsole\.|process\.exit\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });

  test('keeps its rooms small', () => {
    const large = files
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 320);
    expect(large).toEqual([]);
  });
});
