import type { ParamMap, ParamValue } from '../../core/run.ts';

/**
 * A number that is the same for runs with the same parameters, whatever the order of their keys. It has 53 bits: that two of
 * 100,000 different runs share one happens once in about two million plans.
 */
export function pointHash(params: ParamMap): number {
  low = 0;
  high = 0;
  for (const name in params) addValue(hashOfText(name), params[name] as ParamValue);
  return (high & 0x1fffff) * 0x1_0000_0000 + low;
}

// Module variables, since a closure for each of 100,000 runs costs more than all the rest.
let low = 0;
let high = 0;
const floats = new Float64Array(1);
const words = new Uint32Array(floats.buffer);

function addValue(place: number, value: ParamValue): void {
  if (typeof value === 'number') {
    // Minus zero is written as zero.
    floats[0] = value === 0 ? 0 : value;
    add(place, words[0] as number, words[1] as number);
  } else if (typeof value === 'string') {
    add(place, hashOfText(value), 1);
  } else if (typeof value !== 'object' || value === null) {
    add(place, hashOfText(String(value)), 2);
  } else {
    const owner = mixed(place, Array.isArray(value) ? 1 : 2);
    const entries = Object.entries(value);
    if (entries.length === 0) add(owner, 0, 3);
    for (const [key, item] of entries) addValue(mixed(owner, hashOfText(key)), item);
  }
}

/** Sums do not depend on the order in which they are made. */
function add(place: number, first: number, second: number): void {
  low = (low + finished(mixed(mixed(place, first), second))) >>> 0;
  high = (high + finished(mixed(mixed(second ^ 0x5bd1e995, place), first))) >>> 0;
}

const textHashes = new Map<string, number>();
/** Names and words come again and again; what is kept of them must not grow without end. */
const mostTexts = 10_000;

function hashOfText(text: string): number {
  const known = textHashes.get(text);
  if (known !== undefined) return known;
  let hash = text.length;
  for (let index = 0; index < text.length; index++) hash = mixed(hash, text.charCodeAt(index));
  if (textHashes.size >= mostTexts) textHashes.clear();
  textHashes.set(text, hash);
  return hash;
}

/** One step of MurmurHash3 (Austin Appleby, public domain). */
function mixed(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const next = hash ^ k;
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's last step: each bit of the input changes each bit of the output. */
function finished(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
