// `npm test`: sets everything up, then checks types and lint and runs all tests. Every part is run, whatever became of the one
// before, and the last line tells the sum. `npm test -- unit e2e` runs only these parts. `faults-long`, the long form of
// `faults`, and `faults-editor`, the faults of a real VS Code, run only when they are asked for; their figures add up to one table.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from './lib/child.mjs';
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureBuild, ensureNodeModules, projectEnvironment } from './lib/nodeModules.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { clock, Failure, main } from './lib/say.mjs';
import { ensureVSCodeServer } from './lib/vscodeServer.mjs';

const usualParts = {
  types,
  lint,
  unit: () => vitest('unit'),
  faults: () => vitest('faults'),
  slurm: () => vitest('slurm'),
  integration,
  e2e: () => vitest('e2e'),
};
/** A Slurm of the tests' own, and GNU parallel. */
const clusterPackages = [
  'slurmctld',
  'slurmd',
  'slurm-client',
  'slurm-wlm-basic-plugins',
  'munge',
  'parallel',
];
const onCluster = ['slurm', 'e2e'];
const temporary = await mkdtemp(path.join(tmpdir(), 'multirun-counts-'));
const long = { MULTIRUN_FAULTS: 'long', MULTIRUN_FAULTS_FIGURES: path.join(temporary, 'figures.jsonl') };
const parts = {
  ...usualParts,
  'faults-long': () => vitest('faults', long),
  'faults-editor': () => vitest('faults-editor', long),
};
const inEditor = ['integration', 'e2e', 'faults-editor'];

await main(async () => {
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(usualParts);
  const unknown = chosen.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Failure(
      `There are no tests called ${unknown.join(', ')}. Choose from: ${Object.keys(parts).join(', ')}.`,
    );
  }
  let stoppedBy;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stoppedBy = signal;
    });
  }
  const results = [];
  const perform = async (name, work) => {
    console.log(`\n── ${name} ──`);
    const began = Date.now();
    const counts = await work();
    results.push({ name, milliseconds: Date.now() - began, ...counts });
    return counts.failed === 0;
  };
  const isSetUp = await perform('set-up', () => succeeds(() => setUp(chosen)));
  const isBuilt = isSetUp && (await perform('build', () => succeeds(ensureBuild)));
  for (const name of isSetUp ? chosen : []) {
    if (stoppedBy) break;
    // In the editor, what is tested is what was built.
    if (isBuilt || !inEditor.includes(name)) await perform(name, parts[name]);
  }
  await rm(temporary, { recursive: true, force: true });
  if (stoppedBy) console.log(`\nStopped by ${stoppedBy}.`);
  return report(results);
});

async function setUp(chosen) {
  const needsEditor = chosen.some((name) => inEditor.includes(name));
  if (needsEditor) await ensureDebianPackages(['chromium']);
  if (process.platform === 'linux' && chosen.some((name) => onCluster.includes(name)))
    await ensureDebianPackages(clusterPackages);
  await ensureNodeModules();
  if (needsEditor && process.platform !== 'win32') await ensureVSCodeServer();
}

/** Work that says by an error that it failed. */
async function succeeds(work) {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(error instanceof Failure ? error.message : error.stack);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function report(results) {
  console.log();
  const failures = results.flatMap(({ name, failures = [] }) =>
    failures.map((failure) => `FAILED ${name}: ${failure}`),
  );
  if (failures.length > 0) console.log(`${failures.join('\n')}\n`);
  for (const { name, milliseconds, ...counts } of results) {
    console.log(`${name.padEnd(12)} ${clock(milliseconds).padStart(5)}  ${told(counts)}`);
  }
  const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
  const all = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(`\n${told(all)}`);
  return all.failed > 0 ? 1 : 0;
}

function told({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Runs one of the project's programs with the project's Node. */
function node(args, env = {}) {
  return run(projectNode, args, { cwd: root, env: { ...projectEnvironment(), ...env } });
}

async function check(program, ...args) {
  const failed = (await node([path.join(root, 'node_modules', program), ...args])) === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0 };
}

function types() {
  return check('typescript/bin/tsc', '-p', 'tsconfig.json');
}

function lint() {
  return check('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');
}

async function integration() {
  const file = path.join(temporary, 'integration.json');
  const code = await node(['test/integration/runIntegration.ts'], { MULTIRUN_COUNTS: file });
  return held(await readJson(file), code);
}

async function vitest(project, env = {}) {
  const file = path.join(temporary, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const program = path.join(root, 'node_modules/vitest/vitest.mjs');
  const code = await node([program, 'run', '--project', project, ...reporters], env);
  const result = await readJson(file);
  return held(result && { ...countsOf(result), failures: failuresOf(result) }, code);
}

/** What failed, each with the first line of why: the end of a long output is all that some people see. */
function failuresOf({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name);
    if (isBroken({ status, assertionResults })) return [`${file}: ${firstLine(message)}`];
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).split('\n', 1)[0];
}

function countsOf({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(isBroken);
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/** A file that could not be loaded failed without having a test. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && assertionResults.length === 0;
}

/** Whatever a suite counted, an exit code other than 0 is a failure, and so are no counts. */
function held(counts, code) {
  const known = counts ?? { passed: 0, failed: 0, skipped: 0 };
  const unheard = known.failed === 0 && (code !== 0 || counts === undefined);
  return unheard ? { ...known, failed: 1 } : known;
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
