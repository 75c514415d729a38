import { joeKuoTable } from './joeKuoTable.ts';

/** The number of dimensions whose direction numbers are known. */
export const largestSobolDimensions = 2048;

/** The digits of a coordinate, and with them the number of points: 2^32. */
export const sobolBits = 32;

/**
 * Direction numbers of the first dimensions: 32 words each. Word k of a dimension is v_(k+1), a binary fraction of which the
 * most significant bit counts 1/2.
 *
 * Source: P. Bratley and B. L. Fox, "Algorithm 659: implementing Sobol's quasirandom sequence generator", ACM TOMS 14
 * (1988), with the table of Joe and Kuo.
 */
export function sobolDirections(dimensions: number): Uint32Array {
  const directions = new Uint32Array(dimensions * sobolBits);
  // In the first dimension every m_k is 1: the points of van der Corput.
  for (let k = 0; k < sobolBits && dimensions > 0; k++) directions[k] = 2 ** (sobolBits - 1 - k);
  const read = bitReader(atob(joeKuoTable));
  for (let dimension = 1; dimension < dimensions; dimension++) {
    const v = directions.subarray(dimension * sobolBits, (dimension + 1) * sobolBits);
    const degree = read(4);
    const coefficients = read(degree - 1);
    for (let k = 0; k < degree; k++) v[k] = (2 * read(k) + 1) << (sobolBits - 1 - k);
    for (let k = degree; k < sobolBits; k++) {
      let next = (v[k - degree] as number) ^ ((v[k - degree] as number) >>> degree);
      for (let j = 1; j < degree; j++) {
        if ((coefficients >>> (degree - 1 - j)) & 1) next ^= v[k - j] as number;
      }
      v[k] = next;
    }
  }
  return directions;
}

/** Reads numbers of some bits each from a string of bytes. */
function bitReader(bytes: string): (bits: number) => number {
  let position = 0;
  return (bits) => {
    let value = 0;
    for (let end = position + bits; position < end; position++) {
      value = 2 * value + ((bytes.charCodeAt(position >>> 3) >>> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
