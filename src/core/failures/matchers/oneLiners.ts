import { type Found, type Problem, placeOf, type Tool } from '../problem.ts';

interface OneLiner {
  readonly tool: Tool;
  readonly kind: Problem['kind'];
  /** Its groups are `file`, `line`, `message`, and perhaps `column` and `function`. */
  readonly pattern: RegExp;
}

const file = String.raw`(?<file>(?:[A-Za-z]:)?[^:\s][^:]*)`;
const position = String.raw`:(?<line>\d+)(?::(?<column>\d+))?`;

const oneLiners: readonly OneLiner[] = [
  // GCC, Clang, gfortran's relatives, and the sanitizer of undefined behaviour ("runtime error").
  {
    tool: 'compiler',
    kind: 'message',
    pattern: new RegExp(`^${file}${position}: (?<message>(?:fatal |runtime )?error: .+)$`),
  },
  {
    tool: 'compiler',
    kind: 'message',
    pattern:
      /^(?:\S*ld: )?(?<file>(?:[A-Za-z]:)?[^:\s][^:]*):(?<line>\d+): (?<message>(?:undefined reference|multiple definition) .+)$/,
  },
  {
    tool: 'typescript',
    kind: 'message',
    pattern: /^(?<file>[^\s(][^(]*)\((?<line>\d+),(?<column>\d+)\): (?<message>error TS\d+: .+)$/,
  },
  {
    tool: 'typescript',
    kind: 'message',
    pattern: new RegExp(`^${file}${position} - (?<message>error TS\\d+: .+)$`),
  },
  // glibc, musl and macOS.
  {
    tool: 'assertion',
    kind: 'exception',
    pattern:
      /^(?:[^:]+: )?(?<file>[^:\s][^:]*):(?<line>\d+): (?:(?<function>[^`]+): )?(?<message>Assertion [`'].+' failed)\.$/,
  },
  {
    tool: 'assertion',
    kind: 'exception',
    pattern: /^(?<message>Assertion failed: .+?) \((?<file>[^:()]+): (?<function>[^:]+): (?<line>\d+)\)$/,
  },
  {
    tool: 'assertion',
    kind: 'exception',
    pattern:
      /^(?<message>Assertion failed: .+), function (?<function>.+), file (?<file>.+), line (?<line>\d+)\.$/,
  },
  {
    tool: 'sanitizer',
    kind: 'exception',
    pattern:
      /^SUMMARY: (?<message>\w+Sanitizer: [\w-]+) (?<file>(?:[A-Za-z]:)?[^:\s][^:]*):(?<line>\d+)(?::(?<column>\d+))?(?: in (?<function>.+))?$/,
  },
];

/** Tools that say all in one line: compilers, linkers, assertions of C, sanitizers. */
export function matchOneLiners(lines: readonly string[]): Found[] {
  return lines.flatMap((text, index) => {
    for (const { tool, kind, pattern } of oneLiners) {
      const groups = pattern.exec(text)?.groups;
      if (groups === undefined) continue;
      const { message = '', file: path = '', line = '', column } = groups;
      const places = placeOf(path, line, column, groups.function);
      return [{ problem: { tool, kind, message, places, line: index }, from: index, to: index + 1 }];
    }
    return [];
  });
}
