/** Ends a switch over a discriminated union: a new variant makes the compiler list every place to change. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
