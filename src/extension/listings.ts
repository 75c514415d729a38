import * as vscode from 'vscode';
import { schemes } from './ids.ts';

/** Shows texts in read-only editors, for as long as these are open. */
export interface Listings extends vscode.Disposable {
  show(title: string, text: string): Promise<void>;
}

/** Makes what shows them. */
export function createListings(): Listings {
  const texts = new Map<string, string>();
  let count = 0;
  const parts = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(schemes.listing, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  return {
    async show(title, text) {
      const path = `/${title.replaceAll('/', '∕')}`;
      const uri = vscode.Uri.from({ scheme: schemes.listing, path, query: String(++count) });
      texts.set(uri.toString(), text);
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    dispose: () => parts.dispose(),
  };
}
