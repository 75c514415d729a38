import { basename, isAbsolute, resolve } from 'node:path';

/** What is to be debugged: a run's command, and where it runs. */
export interface DebuggedCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** What is added to the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** A kind of program that a debugger is known for. */
export type DebuggedKind = 'python' | 'node';

/** A launch configuration of VS Code without its name. */
export interface DebugConfiguration {
  readonly type: string;
  readonly request: 'launch';
  readonly [key: string]: unknown;
}

/** Options of Python that take a value in the next word. */
const pythonValued = new Set(['-W', '-X', '--check-hash-based-pycs']);
/** Options of Node that take a value in the next word. */
const nodeValued = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--max-old-space-size',
]);

/** The kind of program that a command starts by its name; undefined for any other, such as a compiled one. */
export function kindOf([program = '']: readonly string[]): DebuggedKind | undefined {
  const name = basename(program.replaceAll('\\', '/')).replace(/\.exe$/i, '');
  if (/^(?:python|pypy)[\d.]*$|^py$/.test(name)) return 'python';
  return /^(?:node|nodejs|tsx|ts-node)$/.test(name) ? 'node' : undefined;
}

/** The configuration that debugs a Python program with debugpy. Throws a RangeError where the command runs no file or module. */
export function pythonConfiguration({ argv, cwd, env }: DebuggedCommand): DebugConfiguration {
  const [python = '', ...words] = argv;
  const options = leadingOptions(words, (word) => pythonValued.has(word), ['-m', '-c']);
  const [next = '', ...rest] = words.slice(options.length);
  if (next === '' || next === '-c' || next === '-')
    throw new RangeError(
      'the command gives Python no file or module to run, so that there is nothing to set a breakpoint in',
    );
  const [module, ...moduleArgs] = rest;
  return {
    type: 'debugpy',
    request: 'launch',
    python: located(python, cwd),
    pythonArgs: options,
    ...(next === '-m' ? { module, args: moduleArgs } : { program: resolve(cwd, next), args: rest }),
    cwd,
    env,
    console: 'internalConsole',
  };
}

/** The configuration that debugs a Node program with VS Code's own debugger. Throws a RangeError where the command runs no file. */
export function nodeConfiguration({ argv, cwd, env }: DebuggedCommand): DebugConfiguration {
  const [node = '', ...words] = argv;
  const options = leadingOptions(words, (word) => nodeValued.has(word), []);
  const [program, ...args] = words.slice(options.length);
  if (program === undefined)
    throw new RangeError(
      'the command gives Node no file to run, so that there is nothing to set a breakpoint in',
    );
  return {
    type: 'node',
    request: 'launch',
    runtimeExecutable: located(node, cwd),
    runtimeArgs: options,
    program: resolve(cwd, program),
    args,
    cwd,
    env,
    console: 'internalConsole',
    outputCapture: 'std',
    skipFiles: ['<node_internals>/**'],
  };
}

/** The configuration that debugs a compiled program with CodeLLDB (`lldb`) or with Microsoft's C++ tools (`cppdbg`). */
export function nativeConfiguration(
  { argv, cwd, env }: DebuggedCommand,
  program: string,
  type: 'lldb' | 'cppdbg',
): DebugConfiguration {
  const common = { type, request: 'launch', program, args: argv.slice(1), cwd } as const;
  if (type === 'lldb') return { ...common, env };
  return {
    ...common,
    environment: Object.entries(env).map(([name, value]) => ({ name, value })),
    MIMode: process.platform === 'darwin' ? 'lldb' : 'gdb',
    externalConsole: false,
  };
}

/** A configuration that the sweep file names, with the run's own program, arguments, directory and environment. */
export function namedConfiguration(
  named: Readonly<Record<string, unknown>>,
  own: DebugConfiguration | undefined,
  { argv, cwd, env }: DebuggedCommand,
): Record<string, unknown> {
  // What is attached to was started by somebody else.
  if (named.request === 'attach') return { ...named };
  const inherited = typeof named.env === 'object' ? named.env : {};
  const {
    type: _,
    request: __,
    console: ___,
    ...program
  } = own ?? {
    type: '',
    request: 'launch',
    program: located(argv[0] ?? '', cwd),
    args: argv.slice(1),
    cwd,
  };
  const environment = Object.entries(env).map(([name, value]) => ({ name, value }));
  return {
    ...named,
    ...program,
    ...(named.type === 'cppdbg' ? { environment } : { env: { ...inherited, ...env } }),
  };
}

/** A program named by a path is looked for where the run runs; a bare name on PATH. */
function located(program: string, cwd: string): string {
  return program.includes('/') && !isAbsolute(program) ? resolve(cwd, program) : program;
}

function leadingOptions(
  words: readonly string[],
  hasValue: (word: string) => boolean,
  ends: readonly string[],
): string[] {
  let count = 0;
  while (count < words.length) {
    const word = words[count] ?? '';
    if (!word.startsWith('-') || word === '-' || ends.includes(word)) break;
    count += hasValue(word) ? 2 : 1;
  }
  return words.slice(0, count);
}
