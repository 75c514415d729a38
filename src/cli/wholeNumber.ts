import { InvalidArgumentError } from 'commander';

/** Reads an option's value: a whole number of at least 1. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1) {
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  }
  return number;
}
