import { type Theme, themeQuartz } from 'ag-grid-community';

/** AG Grid in VS Code's type and colours. */
export function gridTheme(): Theme {
  return themeQuartz.withParams({
    fontFamily: 'var(--vscode-font-family)',
    fontSize: 'var(--vscode-font-size)',
    foregroundColor: 'var(--vscode-foreground)',
    backgroundColor: 'var(--vscode-editor-background)',
    headerBackgroundColor: 'var(--vscode-editor-background)',
    headerTextColor: 'var(--vscode-foreground)',
    headerFontWeight: 600,
    chromeBackgroundColor: 'var(--vscode-editorWidget-background)',
    accentColor: 'var(--vscode-focusBorder)',
    borderColor: 'var(--line)',
    rowBorder: { color: 'var(--row-line)' },
    columnBorder: false,
    wrapperBorder: false,
    wrapperBorderRadius: 0,
    borderRadius: 2,
    oddRowBackgroundColor: 'var(--vscode-editor-background)',
    rowHoverColor: 'var(--vscode-list-hoverBackground)',
    selectedRowBackgroundColor: 'var(--vscode-list-inactiveSelectionBackground)',
    rangeSelectionBorderColor: 'var(--vscode-focusBorder)',
    menuBackgroundColor: 'var(--vscode-menu-background)',
    menuTextColor: 'var(--vscode-menu-foreground)',
    inputBackgroundColor: 'var(--vscode-input-background)',
    inputTextColor: 'var(--vscode-input-foreground)',
    inputBorder: '1px solid var(--vscode-input-border, var(--line))',
    tooltipBackgroundColor: 'var(--vscode-editorHoverWidget-background)',
    tooltipTextColor: 'var(--vscode-editorHoverWidget-foreground)',
    iconSize: 14,
    cellHorizontalPadding: 10,
    spacing: 5,
  });
}
