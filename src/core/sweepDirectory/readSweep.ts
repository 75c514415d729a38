import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MultirunError, systemCode } from '../errors.ts';
import { completeResults } from '../results/collectResults.ts';
import { parseResults } from '../results/parseResults.ts';
import { runAt } from '../runTable.ts';
import { applyEvent } from '../sweepState.ts';
import { headerSchema, type SweepHeader } from './header.ts';
import { formatVersion, revisionDirectory, runDirectory, runLabel, runNames, sweepNames } from './layout.ts';
import { lockHolder } from './lock.ts';
import { readNodeFiles } from './nodeFiles.ts';
import { type JournalReader, nothingRecorded, readJournal } from './recorded.ts';
import { haltedAgain, readExit, recoverRunning } from './recover.ts';
import { runsReader } from './runsFile.ts';
import type { SweepView } from './sweepView.ts';

/** A launcher that is not held up writes the exit code of its run long before, in ms. */
const settlingMs = 100;

/** Reads `sweep.json`, the first one or that of a later revision. Throws a MultirunError `not-a-sweep` or `newer-format`. */
export async function readHeader(directory: string, revision = 1): Promise<SweepHeader> {
  const path = join(revisionDirectory(directory, revision), sweepNames.header);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason =
      systemCode(error) === 'ENOENT' ? 'it has no sweep.json' : `${path}: ${(error as Error).message}`;
    throw new MultirunError('not-a-sweep', `${directory} is not a sweep directory: ${reason}`, {
      cause: error,
    });
  }
  const version =
    typeof content === 'object' && content !== null && 'formatVersion' in content
      ? content.formatVersion
      : undefined;
  if (typeof version === 'number' && version > formatVersion) {
    throw new MultirunError(
      'newer-format',
      `${path} was written by a newer version of Multirun (format ${version}); update Multirun to read it`,
    );
  }
  const parsed = headerSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MultirunError(
      'not-a-sweep',
      `${path} is not what Multirun wrote: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`,
    );
  }
  return parsed.data;
}

/** What {@link openSweep} can be told. */
export interface OpenOptions {
  /** Reads its journal. Default: {@link readJournal}, in this thread. */
  readonly readJournal?: JournalReader;
}

/** Opens a sweep directory for reading and reads all that it tells so far. */
export async function openSweep(
  path: string,
  { readJournal: read = readJournal }: OpenOptions = {},
): Promise<SweepView> {
  const directory = resolve(path);
  /** By revision, from the first on. */
  const headers = [await readHeader(directory)];
  let header = headers[0] as SweepHeader;
  let params = runsReader(directory);
  const journal = join(directory, sweepNames.journal);
  let known = nothingRecorded(header.size);
  /** What the journal says; the view adds what became of runs whose writer is gone. */
  let recorded = known.state;
  let state = recorded;
  let live = false;
  /** What the journal says, and what the nodes of a cluster have done since its last word. */
  let seen = recorded;

  async function refresh(): Promise<boolean> {
    const before = { state, live };
    // The lock first: a writer that lets go in between has already written its last line.
    live = (await lockHolder(directory)).kind === 'living';
    const next = await read(journal, known);
    const hasNews = next !== known;
    known = next;
    recorded = known.state;
    while (headers.length < recorded.revision) {
      headers.push(await readHeader(directory, headers.length + 1));
      header = headers[headers.length - 1] as SweepHeader;
      params = runsReader(directory);
    }
    // What git says comes a moment after the sweep has begun.
    if (live && header.provenance.git === undefined) {
      header = await readHeader(directory, recorded.revision);
      headers[headers.length - 1] = header;
    }
    if (live || (recorded.running.length === 0 && recorded.jobs.length === 0)) {
      state = recorded;
    } else {
      // What nodes have told already stays so, unless somebody has written since.
      if (hasNews || before.live) seen = recorded;
      const onNodes = await readNodeFiles(directory, seen, header);
      seen = onNodes.reduce(applyEvent, seen);
      const events = await recoverRunning(directory, recorded, header.results?.exitCode ?? null, {
        elsewhere: 'alive',
        settled: () => delay(settlingMs),
      });
      if (
        hasNews ||
        onNodes.length > 0 ||
        seen.running.length - events.length !== state.running.length ||
        before.live !== live
      ) {
        state = [...events, ...haltedAgain(events)].reduce(applyEvent, seen);
      }
    }
    return state !== before.state || live !== before.live;
  }

  async function resultsOf(run: number): Promise<unknown> {
    const place = runDirectory(directory, run, header.size);
    const wasSeen = runAt(recorded.runs, run).status === runAt(state.runs, run).status;
    if (wasSeen) return readResults(place);
    // It ended when no writer was there to collect them.
    return (await completeResults(place, header.results, (await readExit(place))?.code)).results;
  }

  await refresh();
  return {
    directory,
    get header() {
      return header;
    },
    refresh,
    params: (run) => params(run),
    revisionOf(run) {
      const isPending = runAt(recorded.runs, run).attempts === 0;
      const revision = known.revisions.get(run) ?? (isPending ? recorded.revision : 1);
      return {
        header: headers[revision - 1] ?? header,
        store: revisionDirectory(directory, revision),
      };
    },
    get state() {
      return state;
    },
    get recorded() {
      return recorded;
    },
    get live() {
      return live;
    },
    get problems() {
      return known.unreadable === 0
        ? []
        : [
            `${known.unreadable === 1 ? 'a line' : `${known.unreadable} lines`} of ${sweepNames.journal} cannot be read; statuses may be older than they look`,
          ];
    },
    results: resultsOf,
    runDirectory: (run) => runDirectory(directory, run, header.size),
    label: (run) => runLabel(run, header.size),
  };
}

async function readResults(directory: string): Promise<unknown> {
  try {
    return parseResults(await readFile(join(directory, runNames.results), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
