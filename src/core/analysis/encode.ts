import { standardScores } from './moments.ts';
import type { Note } from './note.ts';
import type { Sample, SampledParameter } from './sample.ts';

/** A parameter as columns of numbers: itself, or one for each category but the most frequent one. */
export interface EncodedParameter {
  readonly name: string;
  /** Standardised: the mean is 0, the variance 1. */
  readonly columns: readonly EncodedColumn[];
}

/** A column of numbers. */
export interface EncodedColumn {
  /** The name of the parameter; of a category, `engine = raptor`. */
  readonly name: string;
  /** The category that the others are compared with; undefined for numbers. */
  readonly reference: string | undefined;
  readonly scores: Float64Array;
}

/** More columns than this tell a person nothing about a parameter of words. */
const mostCategories = 12;

/**
 * Makes numbers of all parameters, for models. Words get a column of 0 and 1 for each category ("one-hot"), less one, which
 * would follow from the others. Parameters that some runs lack, or that have too many categories, are left out, which the
 * notes say.
 */
export function encodeParameters(sample: Sample): { parameters: EncodedParameter[]; notes: Note[] } {
  const incomplete: string[] = [];
  const many: string[] = [];
  const parameters: EncodedParameter[] = [];
  for (const parameter of sample.parameters) {
    const { name } = parameter;
    if (isIncomplete(parameter)) incomplete.push(name);
    else if (parameter.kind === 'numeric') {
      const scores = standardScores(parameter.values);
      parameters.push({ name, columns: [{ name, reference: undefined, scores }] });
    } else if (parameter.categories.length > Math.min(mostCategories, sample.values.length / 2)) {
      many.push(name);
    } else parameters.push({ name, columns: oneHot(parameter) });
  }
  const notes: Note[] = [];
  if (incomplete.length > 0) notes.push({ kind: 'incomplete', parameters: incomplete });
  if (many.length > 0) notes.push({ kind: 'many-categories', parameters: many });
  return { parameters, notes };
}

function isIncomplete(parameter: SampledParameter): boolean {
  return parameter.kind === 'numeric'
    ? parameter.values.some((value) => Number.isNaN(value))
    : parameter.codes.includes(0);
}

function oneHot({
  name,
  codes,
  categories,
}: Extract<SampledParameter, { kind: 'categorical' }>): EncodedColumn[] {
  const counts = categories.map((_, place) => codes.filter((code) => code === place + 1).length);
  const reference = counts.indexOf(Math.max(...counts));
  return categories.flatMap((category, place) =>
    place === reference
      ? []
      : [
          {
            name: `${name} = ${category}`,
            reference: categories[reference],
            scores: standardScores(Float64Array.from(codes, (code) => Number(code === place + 1))),
          },
        ],
  );
}
