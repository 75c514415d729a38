import { posix, win32 } from 'node:path';
import { reservedRunNames } from './sweepDirectory/layout.ts';

/** The shortest spelling of a relative path in a run directory: without `.`, `..` inside, or a slash at the end. */
export function tidyRelativePath(path: string): string {
  const tidy = posix.normalize(path);
  return tidy.length > 1 && tidy.endsWith('/') ? tidy.slice(0, -1) : tidy;
}

/** Whether a tidy name stands for something inside the directory that it is relative to. */
export function staysInside(tidy: string): boolean {
  return !(tidy === '' || tidy === '.' || tidy === '..' || tidy.startsWith('../') || isAbsolutePath(tidy));
}

/** Whether a path is absolute here or on another system. */
export function isAbsolutePath(path: string): boolean {
  return posix.isAbsolute(path) || win32.isAbsolute(path) || /^[a-z]:/i.test(path);
}

/** The name that a run directory uses itself and a tidy name would take, or undefined. */
export function reservedNameIn(tidy: string): string | undefined {
  const [first = ''] = tidy.split('/');
  return reservedRunNames.has(first.toLowerCase()) ? first : undefined;
}

/** Inputs by the places that they take in a run directory. */
export interface InputPlaces<Input> {
  /** Gives an input its place, or returns the input that is in its way: the same place, one above, or one below. */
  take(tidy: string, input: Input): Input | undefined;
}

/** A run directory in which no input has a place yet. */
export function inputPlaces<Input>(): InputPlaces<Input> {
  const top: Place<Input> = { below: new Map(), input: undefined };
  return {
    take(tidy, input) {
      let place = top;
      for (const step of tidy.split('/')) {
        if (place.input !== undefined) return place.input;
        let next = place.below.get(step);
        if (next === undefined) {
          next = { below: new Map(), input: undefined };
          place.below.set(step, next);
        }
        place = next;
      }
      const other = firstIn(place);
      if (other === undefined) place.input = input;
      return other;
    },
  };
}

/** A name in the run directory: what stands there itself, or the places below it. */
interface Place<Input> {
  readonly below: Map<string, Place<Input>>;
  input: Input | undefined;
}

function firstIn<Input>(place: Place<Input>): Input | undefined {
  let next: Place<Input> | undefined = place;
  while (next !== undefined && next.input === undefined) next = next.below.values().next().value;
  return next?.input;
}
