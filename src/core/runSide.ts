// What a Node program calls inside a run; also bundled by itself, for old versions of Node.
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import type { ParamMap, ParamValue } from './run.ts';

/**
 * Returns the parameters of this run. When the program was not started by Multirun, returns `fallback`; without one it
 * throws, as it does when the file with the parameters cannot be read.
 */
export function getRunParams(fallback?: ParamMap): ParamMap {
  const path = process.env.MULTIRUN_PARAMS;
  if (!path) {
    if (fallback) return fallback;
    throw new Error(
      'this program was not started by Multirun: the environment variable MULTIRUN_PARAMS is not set. ' +
        'To run it alone, write the parameters as JSON to a file and set MULTIRUN_PARAMS to its path, ' +
        'or give parameters for this case: getRunParams({ … })',
    );
  }
  let params: unknown;
  try {
    params = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`cannot read the parameters of this run from ${path}: ${(error as Error).message}`);
  }
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new Error(`the parameters of this run in ${path} are no JSON object`);
  }
  return params as ParamMap;
}

/**
 * Hands the results of this run back: anything that JSON can hold. What has a `toJSON`, as dates do, is written as that
 * says; typed arrays and sets become arrays, maps become objects; `NaN` and the infinities become the texts "NaN",
 * "Infinity" and "-Infinity", which `Number` reads back; properties that are `undefined` are left out.
 *
 * The file appears whole or not at all; of several calls the last one counts. When the program was not started by
 * Multirun, the results are printed instead. Throws a TypeError that names the place of what JSON cannot hold, such as
 * a function, a BigInt, a promise or a cycle, and then writes nothing.
 */
export function postRunResults(results: unknown): void {
  const value = toJson(results, 'results', new Map());
  const compact = JSON.stringify(value);
  const text = compact.length > 4000 ? compact : JSON.stringify(value, undefined, 2);
  const path = process.env.MULTIRUN_RESULTS;
  if (!path) {
    process.stdout.write(`${text}\n`);
    return;
  }
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  writeFileSync(temporary, `${text}\n`);
  try {
    onWindowsAgain(() => renameSync(temporary, path));
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  // What a Python program of the same run posted earlier says something else by now.
  removeIfThere(join(dirname(path), `${parse(path).name}.pkl`));
}

/** Kinds of objects of which JSON.stringify makes `{}`, which nobody can mean. */
const opaque = new Set([
  'Promise',
  'Error',
  'RegExp',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'ArrayBuffer',
  'DataView',
]);

/** A copy of a value that JSON.stringify writes as it is. `open` holds the objects that this one lies in, and where. */
function toJson(value: unknown, path: string, open: Map<object, string>): ParamValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      break;
    default:
      throw misfit(
        path,
        value === undefined ? 'undefined' : typeof value === 'bigint' ? 'a BigInt' : `a ${typeof value}`,
      );
  }
  if (value === null) return null;
  const outer = open.get(value);
  if (outer !== undefined) throw new TypeError(`${path} is ${outer} again; JSON cannot hold a cycle`);
  open.set(value, path);
  const result = compound(value, path, open);
  open.delete(value);
  return result;
}

function compound(value: object, path: string, open: Map<object, string>): ParamValue {
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson(value.toJSON(), path, open);
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return toJson(value.valueOf(), path, open);
  }
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (opaque.has(kind))
    throw misfit(path, kind === 'Promise' ? 'a Promise (await it first)' : `an object of type ${kind}`);
  if (
    Array.isArray(value) ||
    value instanceof Set ||
    (ArrayBuffer.isView(value) && !(value instanceof DataView))
  ) {
    return Array.from(value as Iterable<unknown>, (item, index) => toJson(item, `${path}[${index}]`, open));
  }
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  const result: [string, ParamValue][] = [];
  for (const [key, item] of entries) {
    if (typeof key !== 'string') throw misfit(`a key of ${path}`, `not a string but a ${typeof key}`);
    if (item !== undefined) result.push([key, toJson(item, path + accessor(key), open)]);
  }
  return Object.fromEntries(result);
}

function accessor(key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function misfit(path: string, what: string): TypeError {
  return new TypeError(`${path} is ${what}, which JSON cannot hold`);
}

function removeIfThere(path: string): void {
  try {
    onWindowsAgain(() => unlinkSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** On Windows a file that somebody reads at this moment can neither be replaced nor removed. */
function onWindowsAgain(operation: () => void): void {
  const deadline = Date.now() + 2000;
  for (;;) {
    try {
      operation();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (process.platform !== 'win32' || (code !== 'EPERM' && code !== 'EACCES') || Date.now() > deadline)
        throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
