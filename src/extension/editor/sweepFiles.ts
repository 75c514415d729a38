import { basename, dirname, join } from 'node:path';
import type * as vscode from 'vscode';
import { sweepNames } from '../../core/sweepDirectory/layout.ts';
import { exists } from '../files.ts';

/** Matches the names of sweep files; package.json has the same pattern in its `when` clauses. */
export const sweepFilePattern = /(^|\.)sweep\.ya?ml$/;

/** Finds sweep files. */
export const sweepFileGlob = '**/{sweep,*.sweep}.{yaml,yml}';

/** The documents that sweep files are. */
export const sweepFileSelector: vscode.DocumentSelector = { scheme: 'file', pattern: sweepFileGlob };

/** Whether a document or a file on disk is named as a sweep file is. */
export function isSweepFile({ scheme, fsPath }: vscode.Uri): boolean {
  return scheme === 'file' && sweepFilePattern.test(basename(fsPath));
}

/** The sweep directory whose record this file is, when it is the copy that a sweep keeps of its sweep file. */
export async function sweepRecordedBy(path: string): Promise<string | undefined> {
  if (basename(path) !== sweepNames.sweepFile) return undefined;
  const directory = dirname(path);
  return (await exists(join(directory, sweepNames.header))) ? directory : undefined;
}
