import { open } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  type DebugConfiguration,
  type DebuggedCommand,
  kindOf,
  namedConfiguration,
  nativeConfiguration,
  nodeConfiguration,
  pythonConfiguration,
} from '../../core/debug/debugConfiguration.ts';
import { commandLine } from '../../core/runner/commandLine.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import { requireTrust } from '../commands/trust.ts';
import { oneLine } from '../text/format.ts';
import { prepareTry } from './debuggedRun.ts';
import { type DebuggedRun, debuggedRunKey } from './sourceMapping.ts';

/** The extensions that bring debuggers, by the type of their configurations. */
const debuggers: { readonly [type: string]: { readonly name: string; readonly id: string } } = {
  debugpy: { name: 'Python Debugger', id: 'ms-python.debugpy' },
  lldb: { name: 'CodeLLDB', id: 'vadimcn.vscode-lldb' },
  cppdbg: { name: 'C/C++', id: 'ms-vscode.cpptools' },
};

/** Starts the debugger on exactly this run, in a fresh directory beside its own. */
export async function debugRun(view: SweepView, run: number): Promise<void> {
  if (!(await requireTrust())) return;
  const folder = folderOf(view);
  const named = namedOf(view, folder);
  if (named === 'missing') return;
  // Whatever the command, nothing is made before a debugger for it is known.
  const type = String(named?.type ?? (await debuggerType(view)));
  if (!isInstalled(type)) return sayMissing(type);
  const command = await prepareTry(view, run);
  if (command === undefined) return;
  const own = await ownConfiguration(command, type);
  const configuration = named === undefined ? own : namedConfiguration(named, own, command);
  const debugged: DebuggedRun = { directory: view.directory, run, cwd: command.cwd };
  await vscode.debug.startDebugging(folder, {
    type,
    request: 'launch',
    ...configuration,
    name: oneLine(`${view.header.name} ${view.label(run)}`, 60),
    [debuggedRunKey]: debugged,
  });
}

/** Runs exactly this run in a terminal, in a fresh directory beside its own. */
export async function runInTerminal(view: SweepView, run: number): Promise<void> {
  if (!(await requireTrust())) return;
  const command = await prepareTry(view, run);
  if (command === undefined) return;
  const name = oneLine(`${view.header.name} ${view.label(run)}`, 40);
  const terminal = vscode.window.createTerminal({ name, cwd: command.cwd, env: { ...command.env } });
  terminal.show();
  terminal.sendText(commandLine(command.argv));
}

function folderOf({ directory, header }: SweepView): vscode.WorkspaceFolder | undefined {
  const uri = vscode.Uri.file(header.sweepFile ?? directory);
  return (
    vscode.workspace.getWorkspaceFolder(uri) ??
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(directory))
  );
}

/** The launch configuration that the sweep file names. */
function namedOf(
  { header }: SweepView,
  folder: vscode.WorkspaceFolder | undefined,
): vscode.DebugConfiguration | undefined | 'missing' {
  if (header.debug === null) return undefined;
  const all = vscode.workspace
    .getConfiguration('launch', folder)
    .get<vscode.DebugConfiguration[]>('configurations', []);
  const found = all.find(({ name }) => name === header.debug);
  if (found !== undefined) return found;
  void vscode.window.showErrorMessage(
    t(
      'The sweep file names the launch configuration “{0}”, and launch.json has none of that name.',
      header.debug,
    ),
  );
  return 'missing';
}

/** The type of debugger for the sweep's command. */
async function debuggerType({ header, directory }: SweepView): Promise<string> {
  const kind = kindOf(header.cmd);
  if (kind === 'python') return 'debugpy';
  if (kind === 'node') return 'node';
  const [program = ''] = header.cmd;
  const inputs = header.inputs.filter(({ name }) => name === program.replace(/^\.\//, ''));
  const path = inputs[0]?.path ?? (await programPath(program, directory));
  if (path === undefined || !(await isNative(path))) throw new Error(noDebugger(program));
  return isInstalled('lldb') || !isInstalled('cppdbg') ? 'lldb' : 'cppdbg';
}

async function ownConfiguration(
  command: DebuggedCommand,
  type: string,
): Promise<DebugConfiguration | undefined> {
  const kind = kindOf(command.argv);
  if (kind === 'python') return pythonConfiguration(command);
  if (kind === 'node') return nodeConfiguration(command);
  const program = await programPath(command.argv[0] ?? '', command.cwd);
  if (program === undefined || (type !== 'lldb' && type !== 'cppdbg')) return undefined;
  return nativeConfiguration(command, program, type);
}

function noDebugger(program: string): string {
  return t(
    'No debugger is known for “{0}”. Name a launch configuration with “debug” in the sweep file.',
    oneLine(program, 60),
  );
}

async function programPath(program: string, cwd: string): Promise<string | undefined> {
  const candidates = program.includes('/')
    ? [program.startsWith('/') ? program : join(cwd, program)]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  for (const path of candidates) if ((await beginningOf(path)) !== undefined) return path;
  return undefined;
}

/** Whether a file is a compiled program: ELF, Mach-O or PE. */
async function isNative(path: string): Promise<boolean> {
  const magic = (await beginningOf(path))?.toString('hex') ?? '';
  return /^(?:7f454c46|cffaedfe|cefaedfe|cafebabe|4d5a)/.test(magic);
}

async function beginningOf(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

function isInstalled(type: string): boolean {
  return vscode.extensions.all.some(({ packageJSON }) =>
    packageJSON?.contributes?.debuggers?.some((one: { type?: unknown }) => one.type === type),
  );
}

async function sayMissing(type: string): Promise<void> {
  const { name, id } = debuggers[type] ?? { name: type, id: type };
  const show = t('Show Extension');
  const answer = await vscode.window.showErrorMessage(
    t('Debugging this run needs the extension “{0}” ({1}), which is not installed.', name, id),
    show,
  );
  if (answer === show) await vscode.commands.executeCommand('workbench.extensions.search', `@id:${id}`);
}
