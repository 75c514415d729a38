import type { Chunk } from './chunk.ts';
import type { ColumnKind, TextCell } from './column.ts';

/** What stands before the numbers, as JSON. */
interface Head {
  readonly kinds: readonly ColumnKind[];
  readonly dropped: number;
  /** How many there are. */
  readonly runs: number;
  readonly columns: readonly {
    readonly kind: ColumnKind;
    readonly name: string;
    readonly texts: readonly TextCell[];
    /** How many of each there are; undefined for none. */
    readonly numbers?: number | undefined;
    readonly codes?: number | undefined;
  }[];
}

/**
 * A chunk as bytes: the length of a JSON text, the text, the numbers of all columns, the ids of the runs, the codes of all
 * columns. The text is padded so that what follows can be used where it lies. Numbers are as this machine has them: whoever
 * reads them is on it, or on one like it.
 */
export function encodeChunk({ kinds, dropped, runs, columns }: Chunk): Uint8Array<ArrayBuffer> {
  const head: Head = {
    kinds,
    dropped,
    runs: runs.length,
    columns: columns.map(({ kind, name, texts, numbers, codes }) => ({
      kind,
      name,
      texts,
      numbers: numbers?.length,
      codes: codes?.length,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = Math.ceil((lengthBytes + text.length) / alignment) * alignment;
  const arrays = [...columns.map(({ numbers }) => numbers), runs, ...columns.map(({ codes }) => codes)];
  const size = arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), start);
  const bytes = new Uint8Array(size).fill(space, 0, start);
  new DataView(bytes.buffer).setUint32(0, start - lengthBytes, true);
  bytes.set(text, lengthBytes);
  let at = start;
  for (const array of arrays) {
    if (array === undefined) continue;
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** The chunk that {@link encodeChunk} made these bytes of, which are not to change any more. */
export function decodeChunk(bytes: ArrayBuffer): Chunk {
  const length = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, lengthBytes, length))) as Head;
  let at = lengthBytes + length;
  const take = <T extends { readonly byteLength: number }>(
    Kind: new (bytes: ArrayBuffer, at: number, count: number) => T,
    count: number,
  ): T => {
    const array = new Kind(bytes, at, count);
    at += array.byteLength;
    return array;
  };
  const numbers = head.columns.map(({ numbers: count }) =>
    count === undefined ? undefined : take(Float64Array, count),
  );
  const runs = take(Uint32Array, head.runs);
  const codes = head.columns.map(({ codes: count }) =>
    count === undefined ? undefined : take(Uint32Array, count),
  );
  return {
    kinds: head.kinds,
    dropped: head.dropped,
    runs,
    columns: head.columns.map(({ kind, name, texts }, place) => ({
      kind,
      name,
      texts,
      numbers: numbers[place],
      codes: codes[place],
    })),
  };
}

/** Of the length of the text. */
const lengthBytes = 4;
const alignment = Float64Array.BYTES_PER_ELEMENT;
const space = 0x20;
