/** Work that can be broken off and gone on with between its steps. */
export interface Work {
  readonly steps: Iterator<unknown>;
  /** Shows what is done: called at the end of each turn. */
  show(): void;
}

/** Carries out work in turns, between which the page answers. */
export interface Turns {
  /** Begins a turn with what is no such work itself, and forgets what is not done yet. */
  start(): void;
  /** Begins with it at once, and goes on as long as the turn lasts; the rest follows in later turns. */
  begin(work: Work): void;
  /** Whether something is not done yet. */
  isBusy(): boolean;
}

/** How long a turn lasts, in ms: the first one is what a person has asked for, later ones are in between. */
const firstTurnMs = 60;
const laterTurnMs = 12;

/** Turns that call `took` after each of them that comes later. */
export function createTurns(
  took: () => void,
  {
    now = () => performance.now(),
    later = (next) => setTimeout(next),
  }: { readonly now?: () => number; readonly later?: (next: () => void) => void } = {},
): Turns {
  let queue: Work[] = [];
  let isTurn = false;
  let ends = 0;
  const carryOn = () => {
    for (let [work] = queue; work !== undefined && now() < ends; [work] = queue) {
      if (goOn(work, () => now() < ends)) queue.shift();
      work.show();
    }
  };
  const next = () => {
    isTurn = false;
    if (queue.length === 0) return;
    startTurn(laterTurnMs);
    carryOn();
    took();
  };
  const startTurn = (lasts: number) => {
    ends = now() + lasts;
    if (isTurn) return;
    isTurn = true;
    later(next);
  };
  return {
    start: () => {
      queue = [];
      startTurn(firstTurnMs);
    },
    begin: (work) => {
      queue.push(work);
      if (!isTurn) startTurn(firstTurnMs);
      carryOn();
    },
    isBusy: () => queue.length > 0,
  };
}

/** Goes on with some work as long as it may; whether it is done. */
function goOn({ steps }: Work, may: () => boolean): boolean {
  while (may()) if (steps.next().done === true) return true;
  return false;
}

/** Does all of some work at once. */
export function doAll(work: Work): void {
  goOn(work, () => true);
  work.show();
}
