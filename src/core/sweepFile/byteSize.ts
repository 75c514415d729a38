const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/**
 * A number of bytes from text: `2GB`, `500 MB`, `1.5GiB`, `2G`. GB is 10⁹ bytes and GiB is 2³⁰. A number without unit is
 * one of bytes. Undefined where there is no such size.
 */
export function parseByteSize(written: string | number): number | undefined {
  const text = String(written).trim().toLowerCase();
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)\s*([kmgt]i?)?b?$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.round(Number(number) * (units[unit] ?? Number.NaN));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
