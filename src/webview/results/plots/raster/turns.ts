/** Work that can be broken off and gone on with between its steps. */
export interface Work {
  readonly steps: Iterator<unknown>;
  /** Shows what is done: called at the end of each turn. */
  show(): void;
}

/** Carries out work in turns, between which the page answers. */
export interface Turns {
  /** Begins with it at once, and goes on as long as the turn lasts; the rest follows in later turns. */
  begin(work: Work): void;
  /** Whether something is not done yet. */
  isBusy(): boolean;
  /** Forgets what is not done yet. */
  cancel(): void;
}

/** How long a turn lasts, in ms: the first one is a part of what a person has asked for, later ones are in between. */
const firstTurnMs = 30;
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
    isTurn = true;
    ends = now() + lasts;
    later(next);
  };
  return {
    begin: (work) => {
      queue.push(work);
      if (!isTurn) startTurn(firstTurnMs);
      carryOn();
    },
    isBusy: () => queue.length > 0,
    cancel: () => {
      queue = [];
    },
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
