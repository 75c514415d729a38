import { Composer, type Document, Parser, YAMLParseError } from 'yaml';
import type { Diagnostic, TextRange } from '../diagnostic.ts';
import { convertYaml } from './convertYaml.ts';
import { collectDiagnostics, type SourceNode } from './source.ts';
import { reportSyntax, tooDeep } from './syntaxProblems.ts';

/** A longer text is refused, so that an editor that parses at every key stroke stays responsive. In UTF-16 code units. */
export const longestText = 1_500_000;
/** Behind so many stray characters the rest of a text tells nothing more. */
const mostStrayTokens = 50;

/** How a file in UTF-16, as PowerShell writes them, begins where it was read as UTF-8. */
const utf16 = /^(?:\uFFFD\uFFFD|[^\0]?\0)/;

/** What YAML makes of a text. `root` is undefined when the text is empty, or broken so that its structure is in doubt. */
export interface YamlText {
  readonly root: SourceNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads YAML 1.2 into nodes with ranges. Never throws; time and memory grow with the length of the text alone. */
export function readYaml(text: string): YamlText {
  const { found, report } = collectDiagnostics();
  if (text.length > longestText) {
    const megabytes = (length: number): string => `${(length / 1e6).toFixed(1)} million characters`;
    report(
      'too-large',
      firstLine(text),
      `the sweep file has ${megabytes(text.length)}, more than ${megabytes(longestText)}; describe the runs by "parameters" instead of listing them all`,
    );
    return { root: undefined, diagnostics: found };
  }
  if (utf16.test(text)) {
    report('syntax', firstLine(text), 'the sweep file is in UTF-16; save it as UTF-8');
    return { root: undefined, diagnostics: found };
  }
  const document = compose(text);
  if (document === 'too deep') {
    report('syntax', firstLine(text), tooDeep);
    return { root: undefined, diagnostics: found };
  }
  reportSyntax(text, document, report);
  if (found.some(({ severity }) => severity === 'error') || document.contents === null) {
    return { root: undefined, diagnostics: found };
  }
  const root = convertYaml(text, document.contents, report);
  return { root, diagnostics: found };
}

/**
 * What a text that is being typed says as far as it can be made out: broken parts are left out or taken for what they look
 * like. Undefined for a text that is empty, too long or nested too deep.
 */
export function readUnfinishedYaml(text: string): SourceNode | undefined {
  if (text.length > longestText) return undefined;
  const document = compose(text);
  if (document === 'too deep' || document.contents === null) return undefined;
  return convertYaml(text, document.contents, () => {});
}

function compose(text: string): Document.Parsed | 'too deep' {
  const composer = new Composer({
    prettyErrors: false,
    // The library compares each key with all others; convertYaml finds what stands twice in linear time.
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  // A broken text makes hundreds of thousands of errors, and their stack traces cost more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    let document: Document.Parsed | undefined;
    for (const next of composer.compose(untilHopeless(text), true, text.length)) {
      if (document !== undefined) {
        document.errors.push(new YAMLParseError([next.range[0], next.range[0] + 1], 'MULTIPLE_DOCS', ''));
        break;
      }
      document = next;
    }
    return document as Document.Parsed;
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function* untilHopeless(text: string): ReturnType<Parser['parse']> {
  let stray = 0;
  for (const token of new Parser().parse(text)) {
    yield token;
    if (token.type === 'error' && ++stray === mostStrayTokens) return;
  }
}

function firstLine(text: string): TextRange {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: Math.min(end < 0 ? text.length : end, 80) };
}
