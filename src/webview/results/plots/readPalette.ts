import { mixed, opaque, type Palette } from './palette.ts';

/** Steps of Matplotlib's viridis, which is read the same in print and by those who see no red or no green. */
const viridis = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

/** Reads the colours of the theme in use. */
export function readPalette(body: HTMLElement): Palette {
  const style = getComputedStyle(body);
  const colour = (name: string, otherwise: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  // Some themes have chart colours that let through what is below, which would tell groups apart no longer.
  const chart = (name: string, otherwise: string) => opaque(colour(`charts-${name}`, otherwise));
  const isLight =
    body.classList.contains('vscode-light') || body.classList.contains('vscode-high-contrast-light');
  const isHighContrast = body.classList.contains('vscode-high-contrast');
  const foreground = colour('foreground', isLight ? '#3b3b3b' : '#cccccc');
  const background = colour('editor-background', isLight ? '#ffffff' : '#1f1f1f');
  return {
    foreground,
    background,
    muted: colour('descriptionForeground', foreground),
    line: mixed(foreground, background, isHighContrast ? 0.8 : 0.35),
    faint: mixed(foreground, background, isHighContrast ? 0.25 : 0.1),
    accent: chart('blue', '#3794ff'),
    groups: [
      chart('blue', '#3794ff'),
      chart('orange', '#d18616'),
      chart('green', '#89d185'),
      chart('red', '#f14c4c'),
      chart('purple', '#b180d7'),
      chart('yellow', '#cca700'),
      ...(isLight
        ? ['#008489', '#a5467f', '#6b6b00', '#5d5fef']
        : ['#4fd1c5', '#f59ac0', '#c5c56a', '#9aa0ff']),
    ],
    // The ends that would be lost on the background are left out.
    gradient: isLight ? viridis.slice(0, 9) : viridis.slice(2),
    statuses: {
      success: colour('testing-iconPassed', '#73c991'),
      failure: colour('testing-iconFailed', '#f14c4c'),
      running: colour('testing-iconQueued', '#cca700'),
      pending: colour('descriptionForeground', foreground),
      skipped: colour('descriptionForeground', foreground),
    },
    fontFamily: style.fontFamily,
    fontSize: Math.max(10, Number.parseFloat(style.fontSize) - 1) || 12,
  };
}
