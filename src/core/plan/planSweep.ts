import type { Diagnostic } from '../diagnostic.ts';
import { sameValue } from '../params.ts';
import { unreachable } from '../unreachable.ts';
import type { Expression } from './expression/expression.ts';
import type { Block, ParameterSpace, Sampling } from './parameterSpace.ts';
import { type Plan, runsToTry, runsTried } from './plan.ts';
import { PlanFailure } from './planFailure.ts';
import { withSteps } from './points/computed.ts';
import { drawnPoints } from './points/drawn.ts';
import { type Filtered, filtered } from './points/filtered.ts';
import { withInclusions } from './points/included.ts';
import { gridPoints, listOf, nominalOf, oneAtATimePoints, runPoints, zipPoints } from './points/listed.ts';
import { paramsReader } from './points/params.ts';
import { firstOf, type Points, product, selection, singlePoint } from './points/points.ts';
import { replicated } from './points/replicated.ts';
import { mostScanned, type Scan, scanWithin } from './points/scan.ts';
import { union } from './points/union.ts';
import { fnv1a } from './sampling/random.ts';

/** What a plan is made with. */
export interface PlanOptions {
  /** Where random choices come from when the sweep file gives no seed: an integer from 0 to `largestSeed`. Default: 0. */
  readonly seed?: number | undefined;
  /** How many points may be looked at where a plan cannot be made without. Default: two million. */
  readonly mostScanned?: number | undefined;
}

/** A plan, or why there is none. */
export interface Planned {
  readonly plan: Plan | undefined;
  /** An error where there is no plan; warnings otherwise. */
  readonly problems: readonly Diagnostic[];
}

/**
 * The runs that a parameter space holds, in order. Takes time and memory in proportion to the sweep file, never to the number
 * of runs, except where points have to be looked at one by one: for `exclude`, `include` and `when`, and for blocks that may
 * have points in common. Then it keeps a few bytes of each, and refuses what would take too long.
 *
 * Throws a RangeError for a space that no sound sweep file describes.
 */
export function planSweep(space: ParameterSpace, options: PlanOptions = {}): Planned {
  const planning = planInSteps(space, options);
  for (;;) {
    const step = planning.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a few milliseconds, for who has other work to do in between. */
export function* planInSteps(space: ParameterSpace, options: PlanOptions = {}): Generator<void, Planned> {
  const seed = space.seed ?? options.seed ?? 0;
  const most = options.mostScanned ?? mostScanned;
  try {
    const warnings: Diagnostic[] = [];
    const scan = (block: Block): Scan => scanWithin(most, block.range);
    const made = yield* planBlock(space.block, { seed, scan, warn: (warning) => warnings.push(warning) });
    if (!Number.isSafeInteger(made.points.size)) {
      throw new PlanFailure({
        code: 'too-many-runs',
        severity: 'error',
        message: `about ${made.points.size.toExponential(0)} runs, more than can be counted; use fewer values`,
        range: space.block.range,
      });
    }
    if (made.points.size === 0) {
      throw new PlanFailure({
        code: 'empty-plan',
        severity: 'error',
        message: 'no run is left: everything is excluded',
        range: space.block.range,
      });
    }
    scan(space.block).admit(
      Math.min(made.points.size, runsTried),
      'its expressions',
      expressionsOf(space.block),
    );
    const plan = planOf(made, isRandom(space.block) ? seed : undefined);
    for (const run of runsToTry(plan)) plan.at(run);
    return { plan, problems: warnings };
  } catch (error) {
    if (error instanceof PlanFailure) return { plan: undefined, problems: [error.diagnostic] };
    throw error;
  }
}

interface Making {
  readonly seed: number;
  readonly scan: (block: Block) => Scan;
  readonly warn: (warning: Diagnostic) => void;
}

interface Made {
  readonly points: Points;
  /** What the block's own rules left out. */
  readonly filtered: Filtered | undefined;
}

function* planBlock(block: Block, making: Making): Generator<void, Made> {
  const scan = making.scan(block);
  const factors: Points[] = [];
  if (block.sampling !== undefined)
    factors.push(samplingPoints(block.sampling, seedOf(block, making), block.place));
  if (block.union !== undefined) factors.push(yield* union(yield* planBlocks(block.union, making), scan));
  factors.push(...(yield* planBlocks(block.cross, making)));
  const all = withSteps(factors.length === 0 ? singlePoint : product(factors), block.steps);
  if (!Number.isSafeInteger(all.size)) return { points: all, filtered: undefined };
  const filter = {
    exclude: block.exclude,
    only: block.include.flatMap((rule) => (rule.kind === 'expression' ? [rule.expression] : [])),
    distinct: mayRepeat(block, all.size),
    computed: expressionsOf(block),
  };
  const isFiltered = filter.exclude.length > 0 || filter.only.length > 0 || filter.distinct;
  const left = isFiltered ? yield* filtered(all, filter, scan) : undefined;
  // Of points that are drawn, a rule may hold for some another time.
  for (const rule of isRandom(block) ? [] : (left?.idle ?? [])) {
    making.warn({
      code: 'rule-without-effect',
      severity: 'warning',
      message: 'this holds for no run, and excludes nothing',
      range: rule.kind === 'values' ? rule.range : rule.expression.range,
    });
  }
  const additions = block.include.flatMap((rule) => (rule.kind === 'values' ? [rule.values] : []));
  const whole = yield* withInclusions(left?.kept ?? all, additions, block.steps, scan);
  const limited = firstOf(whole, block.limit ?? Number.POSITIVE_INFINITY);
  const points =
    block.replicates === undefined ? limited : replicated(limited, block.replicates, seedOf(block, making));
  return { points, filtered: left };
}

function* planBlocks(blocks: readonly Block[], making: Making): Generator<void, Points[]> {
  const all: Points[] = [];
  for (const block of blocks) all.push((yield* planBlock(block, making)).points);
  return all;
}

/** The expressions that are evaluated to make one point of a block. */
function expressionsOf({ steps, union: blocks = [], cross }: Block): Expression[] {
  return [...steps.map(({ expression }) => expression), ...[...blocks, ...cross].flatMap(expressionsOf)];
}

/** Blocks draw independently of each other, and a block's draws do not depend on the others. */
function seedOf({ place }: Block, { seed }: Making): number {
  return place === '' ? seed : Number(BigInt.asUintN(52, fnv1a(`${seed} ${place}`)));
}

function samplingPoints(sampling: Sampling, seed: number, place: string): Points {
  switch (sampling.method) {
    case 'grid':
      return gridPoints(sampling.parameters);
    case 'zip':
      return zipPoints(sampling.parameters);
    case 'one_at_a_time':
      return oneAtATimePoints(sampling.parameters, sampling.parameters.map(otherValues));
    case 'list':
      return runPoints(sampling.runs);
    case 'random':
    case 'sobol':
    case 'halton':
    case 'latin_hypercube':
    case 'saltelli':
      return drawnPoints(sampling, seed, place);
    default:
      return unreachable(sampling);
  }
}

/** The values of a parameter without its nominal one. */
function otherValues(parameter: Extract<Sampling, { method: 'one_at_a_time' }>['parameters'][number]) {
  const values = listOf(parameter.domain);
  if (values === undefined) throw new RangeError(`the values of "${parameter.name}" cannot be listed`);
  const nominal = nominalOf(parameter);
  for (let index = 0; index < Math.min(values.length, mostScanned); index++) {
    if (!sameValue(values.at(index), nominal)) continue;
    return {
      length: values.length - 1,
      at: (position: number) => values.at(position < index ? position : position + 1),
    };
  }
  return values;
}

/**
 * Whether points can agree that are one: where a condition takes away what tells them apart, and where points are written
 * out. What is too long to look at comes from lists that do not repeat themselves.
 */
function mayRepeat({ steps, sampling }: Block, size: number): boolean {
  if (steps.some(({ kind }) => kind === 'condition')) return true;
  return (sampling?.method === 'zip' || sampling?.method === 'list') && size <= mostScanned;
}

/** Whether any value of any run is left to chance. */
function isRandom({ sampling, union: blocks = [], cross, replicates }: Block): boolean {
  const draws = sampling !== undefined && 'samples' in sampling;
  return draws || replicates !== undefined || [...blocks, ...cross].some(isRandom);
}

function planOf({ points, filtered: left }: Made, seed: number | undefined): Plan {
  const read = paramsReader(points);
  const readLeft = paramsReader(left?.left ?? selection(singlePoint, []));
  const size = left?.left.size ?? 0;
  return {
    size: points.size,
    names: points.columns.flatMap(({ name, path }) => (path.length === 0 ? [] : [name])),
    seed,
    at(index) {
      checkIndex(index, points.size);
      return read(index);
    },
    excluded: {
      size,
      at(index) {
        checkIndex(index, size);
        return { params: readLeft(index), rule: left?.why(index) };
      },
    },
  };
}

function checkIndex(index: number, size: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < size)) {
    throw new RangeError(`no run ${index} in a plan of ${size}`);
  }
}
