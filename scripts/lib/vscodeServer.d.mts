export const currentServer: string;
export const oldestServer: string;
export const buildPackages: readonly string[];
export interface VSCodeServer {
  /** The Node that this server runs on. */
  readonly node: string;
  /** VS Code's own folder. */
  readonly vscode: string;
  /** The server's entry point. */
  readonly main: string;
}
export function ensureVSCodeServer(version?: string): Promise<VSCodeServer>;
