// Bundles what ships: the extension host's entry, the command line, the core as a library, the functions that a
// Node program calls inside a run, and the JSON Schema of sweep files.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import esbuild from 'esbuild';
import { sweepFileJsonSchema } from './src/core/sweepFile/jsonSchema.ts';

const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  // Its other build loads its own files by a require that no bundler sees.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  // Bundled CommonJS dependencies call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  // The core is most of all three: they share it.
  {
    ...common,
    splitting: true,
    chunkNames: 'shared/[name]-[hash]',
    entryPoints: {
      extension: 'src/extension/activate.ts',
      cli: 'src/cli/main.ts',
      core: 'src/core/index.ts',
      sensitivityWorker: 'src/extension/results/sensitivityWorker.ts',
      journalWorker: 'src/extension/sweeps/journalWorker.ts',
      failuresWorker: 'src/extension/failures/failuresWorker.ts',
      chunksWorker: 'src/extension/results/chunksWorker.ts',
    },
    external: ['vscode'],
    outdir: 'dist',
  },
  // Pages run in a browser, under a policy that lets them load nothing but this.
  {
    ...common,
    banner: {},
    platform: 'browser',
    target: 'es2022',
    loader: { '.svg': 'text' },
    entryPoints: {
      run: 'src/webview/run/main.ts',
      preview: 'src/webview/preview/main.ts',
      compare: 'src/webview/compare/main.ts',
      imageGrid: 'src/webview/imageGrid/main.ts',
    },
    outdir: 'dist/webview',
  },
  // Of this page the plots are a part of their own, which is loaded when they are opened.
  {
    ...common,
    banner: {},
    platform: 'browser',
    target: 'es2022',
    loader: { '.svg': 'text' },
    // Libraries leave out what they check and say for those who develop with them.
    define: { 'process.env.NODE_ENV': '"production"' },
    splitting: true,
    chunkNames: 'results-[name]-[hash]',
    entryPoints: { results: 'src/webview/results/main.ts' },
    outdir: 'dist/webview',
  },
  // Old Node versions run people's programs, so this one asks for little.
  {
    ...common,
    banner: {},
    entryPoints: { index: 'src/core/runSide.ts' },
    format: 'cjs',
    target: 'node14',
    outdir: 'dist/runSide/node/multirun',
    outExtension: { '.js': '.cjs' },
  },
];

await rm('dist', { recursive: true, force: true });
await cp('media/python', 'dist/runSide/python', {
  recursive: true,
  filter: (path) => !path.includes('__pycache__'),
});
// A folder on NODE_PATH is looked through for index.js only, unless it says otherwise.
await mkdir('dist/runSide/node/multirun', { recursive: true });
await writeFile('dist/runSide/node/multirun/package.json', '{ "name": "multirun", "main": "index.cjs" }\n');
await writeFile('dist/sweep.schema.json', `${JSON.stringify(sweepFileJsonSchema(), null, 2)}\n`);
if (watch) {
  for (const bundle of bundles) await (await esbuild.context(bundle)).watch();
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
