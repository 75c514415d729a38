import { join } from 'node:path';
import PQueue from 'p-queue';
import { paramAt } from '../../core/params.ts';
import type { Cell } from '../../core/resultsTable/cell.ts';
import type { ParamValue } from '../../core/run.ts';
import { type RunState, runAt } from '../../core/runTable.ts';
import type { SweepView } from '../../core/sweepDirectory/sweepView.ts';
import type { ImageFile, ToImageGrid } from './protocol.ts';
import { changedAt, imagesOf } from './runImages.ts';

/** Knows the images of a sweep's runs. */
export interface GridImages {
  /** Looks at the directories of runs that are new or running, or that something has happened to since the last time. */
  look(): Promise<void>;
  /** What the page shows, with the image of this name; with the one that most runs have where no run has that. */
  content(wanted: string | undefined, addressOf: (path: string) => string): Promise<Images>;
}

/** What the page shows. */
export type Images = Extract<ToImageGrid, { type: 'images' }>;

/** The directories of so many runs are looked at, those of running ones every time; and each has an element on the page. */
const mostRuns = 5000;
const filesAtOnce = 16;

interface Known {
  readonly state: RunState;
  readonly images: readonly string[];
}

/** Makes what knows the images of a sweep. */
export function createGridImages(view: SweepView): GridImages {
  const known = new Map<number, Known>();
  const queue = new PQueue({ concurrency: filesAtOnce });
  const shownRuns = () => Math.min(view.state.total, mostRuns);

  return {
    async look() {
      const inputs = new Set(view.header.inputs.map(({ name }) => name));
      await queue.addAll(
        Array.from({ length: shownRuns() }, (_, run) => async () => {
          const state = runAt(view.state.runs, run);
          // One that runs may draw at any time; one that was never started has no directory.
          if (known.get(run)?.state === state && state.status !== 'running') return;
          const images = state.attempts === 0 ? [] : await imagesOf(view.runDirectory(run), inputs);
          known.set(run, { state, images });
        }),
      );
    },
    async content(wanted, addressOf) {
      const files = countFiles(known.values());
      const chosen = files.some(({ name }) => name === wanted) ? wanted : files[0]?.name;
      const parameters = view.header.varying;
      const runs = await queue.addAll(
        Array.from({ length: shownRuns() }, (_, run) => async () => {
          const { state, images } = known.get(run) ?? { state: runAt(view.state.runs, run), images: [] };
          const path = chosen === undefined ? undefined : join(view.runDirectory(run), chosen);
          const at = path !== undefined && images.includes(chosen ?? '') ? await changedAt(path) : undefined;
          const params = view.params(run);
          return {
            run,
            label: view.label(run),
            status: state.status,
            values: parameters.map((name) => cellOf(paramAt(params, name))),
            address: path === undefined || at === undefined ? undefined : `${addressOf(path)}?${at}`,
          };
        }),
      );
      return { type: 'images', files, chosen, parameters, runs, leftOut: view.state.total - shownRuns() };
    },
  };
}

/** The images that runs have: those of the most runs first, then by name. */
function countFiles(runs: Iterable<Known>): ImageFile[] {
  const counts = new Map<string, number>();
  for (const { images } of runs) for (const name of images) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || collator.compare(a.name, b.name));
}

const collator = new Intl.Collator('en', { numeric: true });

/** A parameter as a cell of a table: what is no plain value is its JSON. */
function cellOf(value: ParamValue | undefined): Cell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
