import { readFileSync } from 'node:fs';

/** Reference data of the tests of sampling; each file names its source. */
export function readFixture<T>(name: string): T {
  const url = new URL(`../../../../fixtures/sampling/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}
