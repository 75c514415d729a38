import bug from '@vscode/codicons/src/icons/bug.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronLeft from '@vscode/codicons/src/icons/chevron-left.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import circleLarge from '@vscode/codicons/src/icons/circle-large.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import debugStepOver from '@vscode/codicons/src/icons/debug-step-over.svg';
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg';
import diff from '@vscode/codicons/src/icons/diff.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import file from '@vscode/codicons/src/icons/file.svg';
import fileMedia from '@vscode/codicons/src/icons/file-media.svg';
import fileSymlinkFile from '@vscode/codicons/src/icons/file-symlink-file.svg';
import folder from '@vscode/codicons/src/icons/folder.svg';
import lightbulb from '@vscode/codicons/src/icons/lightbulb.svg';
import newFile from '@vscode/codicons/src/icons/new-file.svg';
import output from '@vscode/codicons/src/icons/output.svg';
import pass from '@vscode/codicons/src/icons/pass.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import terminal from '@vscode/codicons/src/icons/terminal.svg';

/** Two pictures side by side, as the codicons would have them: they lack it. */
const imageGrid =
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-linejoin="round">' +
  '<rect x=".5" y="3.5" width="6" height="9" rx="1"/><path d="M.5 10.5l2.5-3 3.5 4"/>' +
  '<rect x="9.5" y="3.5" width="6" height="9" rx="1"/><path d="M9.5 10.5l2.5-3 3.5 4"/></svg>';

const sources = {
  bug,
  check,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'circle-large': circleLarge,
  copy,
  'debug-step-over': debugStepOver,
  'debug-stop': debugStop,
  diff,
  error,
  file,
  'file-media': fileMedia,
  'file-symlink-file': fileSymlinkFile,
  folder,
  'image-grid': imageGrid,
  'new-file': newFile,
  lightbulb,
  output,
  pass,
  refresh,
  sync,
  terminal,
};

/** The codicons that pages use, and ours. */
export type IconName = keyof typeof sources;

/** Parsed once: a table has as many icons as rows. */
const parsed = new Map<IconName, Node>();

/** A codicon as an element that takes the colour of its text; screen readers pass over it. */
export function icon(name: IconName): Node {
  let known = parsed.get(name);
  if (known === undefined) {
    const svg = new DOMParser().parseFromString(sources[name], 'image/svg+xml').documentElement;
    svg.setAttribute('class', `icon icon-${name}`);
    svg.setAttribute('aria-hidden', 'true');
    known = document.importNode(svg, true);
    parsed.set(name, known);
  }
  return known.cloneNode(true);
}
