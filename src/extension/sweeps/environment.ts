/**
 * The environment without what the editor set for itself: a program that finds `ELECTRON_RUN_AS_NODE` or `VSCODE_…`
 * there behaves unlike the same program in a terminal.
 */
export function withoutEditor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(?:VSCODE_|ELECTRON_|APPLICATION_INSIGHTS_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}
