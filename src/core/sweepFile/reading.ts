import type { TextRange } from '../diagnostic.ts';
import type { Domain } from '../plan/parameterSpace.ts';
import type { Report } from './source.ts';
import type { TableFile } from './tableFile.ts';

/** A file that values or runs are taken from, and where the sweep file says so. */
export interface DataFile {
  /** As written; a relative path is relative to the sweep file. */
  readonly path: string;
  readonly range: TextRange;
}

/** A parameter, as far as an editor wants to know it. */
export interface ParameterDefinition {
  /** The dotted name. */
  readonly name: string;
  /** The keys that lead to it in a run's parameters. */
  readonly path: readonly string[];
  /** Where its own name stands, without those that it is nested in. */
  readonly nameRange: TextRange;
  /** Where all that is said of it stands. */
  readonly range: TextRange;
  /** How many values it has; undefined for what is drawn from a distribution, and where they are in doubt. */
  readonly count: number | undefined;
  /** In words: "3 values", "log_uniform_values from 0.0001 to 0.1". */
  readonly summary: string;
  /** What it may be; undefined where that is in doubt, and for what is derived. */
  readonly domain: Domain | undefined;
  /** The block it belongs to: "" for the file itself, or "sweep[0]". */
  readonly block: string;
}

/** Where an expression takes a parameter. */
export interface ParameterUse {
  /** The dotted name; also one that no parameter has. */
  readonly name: string;
  readonly range: TextRange;
}

/** What reading the blocks of a sweep file finds on its way. */
export interface Reading {
  readonly text: string;
  readonly report: Report;
  /** Whether YAML could make sense of every value; otherwise nothing is said of values that agree. */
  readonly areValuesSure: boolean;
  /** Files by their paths as written, as far as they have been read. */
  readonly files: ReadonlyMap<string, TableFile>;
  /** Collects the files that the sweep file asks for. */
  readonly wanted: DataFile[];
  /** Collects the parameters in the order of the text. */
  readonly definitions: ParameterDefinition[];
  /** Collects where expressions take parameters. */
  readonly uses: ParameterUse[];
}
