import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folder of the bundles that run in webviews, of which each page needs its own script and style. */
function webviewFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/** Makes a page of a panel: with the product's icon, and with what it may load, beside its own bundle from the folders in `more`. */
export function fillPanel(
  panel: vscode.WebviewPanel,
  extension: vscode.Uri,
  name: string,
  ...more: readonly vscode.Uri[]
): void {
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [webviewFolder(extension), ...more],
  };
  panel.webview.html = webviewHtml(panel.webview, extension, name);
}

/** The pages that fetch data from their resource roots. */
const fetching: ReadonlySet<string> = new Set(['results']);

/**
 * The HTML of a page: an empty document that loads `dist/webview/<name>.js` and `.css`. Nothing else runs in it: no other script,
 * no
 * inline style but those that the script signs, nothing from the network; pictures, and the data of {@link fetching}, come from
 * the webview's resource roots, or are in the styles themselves.
 */
function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, name: string): string {
  const nonce = randomBytes(16).toString('base64');
  const folder = webviewFolder(extension);
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file));
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    ...(fetching.has(name) ? [`connect-src ${webview.cspSource}`] : []),
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${address(`${name}.css`)}">
</head>
<body>
<main id="page"></main>
<script type="module" nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}
