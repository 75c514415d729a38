import type { TextRange } from '../diagnostic.ts';
import { parseTemplate } from '../template.ts';
import { type KnownNames, nameProblem, type ParameterReference } from './references.ts';

/** More problems of one file than anybody reads at once. */
const mostProblems = 5;

/** What a template file takes from a run, and what is wrong with it. */
export interface TemplateFindings {
  /** Each `${name}`; all have the range at which the sweep file names the template. */
  readonly references: readonly PlacedReference[];
  /** Sentences that begin with the place: "case.in.tmpl:3:7: …". */
  readonly problems: readonly string[];
}

/** A `${name}` in a file of its own. */
export interface PlacedReference extends ParameterReference {
  /** Where it stands: "case.in.tmpl:3:7". */
  readonly place: string;
}

/** Understands the text of a template file as far as the names of the sweep file allow; `undefined` names hide nothing. */
export function templateFindings(
  text: string,
  {
    label,
    range,
    names,
    keepsUnknown,
  }: {
    readonly label: string;
    readonly range: TextRange;
    readonly names: KnownNames | undefined;
    readonly keepsUnknown: boolean;
  },
): TemplateFindings {
  const references: PlacedReference[] = [];
  const problems: string[] = [];
  const placeOf = placeFinder(text, label);
  for (const part of parseTemplate(text)) {
    if (part.kind === 'text') continue;
    const isOther = part.kind !== 'parameter' || names === undefined || !isKnown(part.name, names);
    if (keepsUnknown && isOther) continue;
    const place = placeOf(part.start);
    if (part.kind === 'malformed') problems.push(`${place}: ${part.problem}`);
    else if (part.kind === 'environment') {
      problems.push(
        `${place}: variables of the environment are for "cmd" and "env"; a run must not depend on who starts it`,
      );
    } else {
      const problem = names && nameProblem(part.name, text.slice(part.start, part.end), names);
      if (problem !== undefined) problems.push(`${place}: ${problem.message}`);
      else references.push({ name: part.name, format: part.format, range, place });
    }
  }
  const more = problems.length - mostProblems;
  return {
    references,
    problems: more > 0 ? [...problems.slice(0, mostProblems), `${label}: … and ${more} more`] : problems,
  };
}

function isKnown(name: string, { everywhere, somewhere }: KnownNames): boolean {
  return everywhere.has(name) || somewhere.has(name);
}

/** Gives the line and column of offsets that are asked for in ascending order. */
function placeFinder(text: string, label: string): (offset: number) => string {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let end = text.indexOf('\n', lineStart);
      end >= 0 && end < offset;
      end = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    return `${label}:${line}:${offset - lineStart + 1}`;
  };
}
