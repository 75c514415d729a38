import type { ParamMap } from '../../run.ts';
import type { SweepHeader } from '../../sweepDirectory/header.ts';
import { runDirectory, runLabel, runNames } from '../../sweepDirectory/layout.ts';
import type { FilledTemplate } from '../../sweepDirectory/templates.ts';
import { commandOf } from '../commandOf.ts';
import type { Command } from '../launcher.ts';
import { quote } from '../quote.ts';

/** What {@link payloadOf} needs. */
export interface PayloadOptions {
  readonly header: SweepHeader;
  /** Absolute path of the sweep directory. */
  readonly directory: string;
  readonly params: (run: number) => ParamMap;
  /** The files that are filled in for a run. */
  readonly fill: (params: ParamMap) => readonly FilledTemplate[];
  /** Where `${envvar:NAME}` is looked up. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What a job's tasks read: all their runs as the text of a shell, and where each task's begin and how many bytes they are. */
export interface Payload {
  readonly runs: Buffer;
  readonly table: string;
  /** Runs that cannot be executed, and why: no task has them. */
  readonly impossible: ReadonlyMap<number, string>;
}

/**
 * Prepares the runs of a job array in two files, whatever their number: to make a directory for each of 10,000 runs here
 * would keep whoever submits them waiting. `runs` are in the order of the tasks, `perTask` each.
 */
export function payloadOf(runs: readonly number[], perTask: number, options: PayloadOptions): Payload {
  const { header } = options;
  const impossible = new Map<number, string>();
  const pieces: Buffer[] = [];
  let table = '';
  let offset = 0;
  for (let first = 0; first < runs.length; first += perTask) {
    const mine = runs.slice(first, first + perTask);
    const labels = mine.map((run) => runLabel(run, header.size));
    const texts = mine.map((run) => {
      try {
        return runText(run, options);
      } catch (error) {
        // What no program can be given, or no value has a form for, is told of this run alone.
        impossible.set(run, error instanceof Error ? error.message : String(error));
        return '';
      }
    });
    const piece = Buffer.from(`make ${labels.join(' ')}\n${texts.join('')}`);
    pieces.push(piece);
    table += `${offset} ${piece.length}\n`;
    offset += piece.length;
  }
  return { runs: Buffer.concat(pieces), table, impossible };
}

/** The command of a run, as it would be executed here. Throws a RangeError as {@link commandOf} does. */
export function slurmCommand(
  run: number,
  { header, directory, params, environment }: PayloadOptions,
): Command {
  const place = runDirectory(directory, run, header.size);
  return commandOf(header, { run, directory: place, params: params(run), environment });
}

function runText(run: number, options: PayloadOptions): string {
  const { header, params, fill } = options;
  const { argv, env } = slurmCommand(run, options);
  const values = params(run);
  const given = fill(values).map(({ name, text, mode }) => {
    const folder = name.includes('/') ? `mkdir -p ${quote(name.slice(0, name.lastIndexOf('/')))} && ` : '';
    return `${folder}printf %s ${quote(text)} >${quote(name)} && chmod ${mode.toString(8)} ${quote(name)} || return\n`;
  });
  const exports = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}`);
  const nice = header.policy.nice > 0 ? `nice -n ${header.policy.nice} ` : '';
  return `given() {
printf '%s\\n' ${quote(JSON.stringify(values))} >${runNames.params} || return
${given.join('')}}
start() {
export ${exports.join(' ')}
exec ${nice}${argv.map(quote).join(' ')}
}
run ${runLabel(run, header.size)} ${run}
`;
}
