/** What tells one run's log from another's although they say the same. */
export interface LogContext {
  readonly sweepDirectory: string;
  readonly runDirectory: string;
  /** The id of the run's last process, where it is known. */
  readonly pid: number | undefined;
}

const dateTime = /\b\d{4}-\d\d-\d\d[T _]\d\d[:-]\d\d(?:[:-]\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?/g;
const clock = /\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g;
/** Only where words say that it was measured: the times of a simulation are what one compares. */
const measured =
  /\b(took|elapsed|duration|wall[- ]?(?:clock|time)|cpu time|real|user|sys)((?: time)?[ \t]*[:=]?[ \t]*)\d+(?:\.\d+)?(?:[ \t]*(?:ns|[µu]s|ms|s|m|h|sec(?:ond)?s?|min(?:ute)?s?|hours?)(?![a-z]))?(?:[ \t]*\d+(?:\.\d+)?[ \t]*(?:ms|s|m)(?![a-z]))*/gi;
const named = /\b(pid|process(?: id)?|thread)([ =:#]+)\d+\b/gi;
const bracketed = /(\w)\[\d+\](?=:)/g;
const valgrind = /==\d+==/g;
const address = /\b0x[0-9a-f]{4,}\b/gi;

/** A log without what differs in each run: times, process ids, addresses, and the paths of the run and its sweep. */
export function normaliseLog(text: string, { sweepDirectory, runDirectory, pid }: LogContext): string {
  const placed = text.replaceAll(runDirectory, '<run>').replaceAll(sweepDirectory, '<sweep>');
  // A small number could be anything.
  const isTelling = pid !== undefined && pid >= 1000;
  return (isTelling ? placed.replace(new RegExp(`\\b${pid}\\b`, 'g'), '<pid>') : placed)
    .replace(dateTime, '<time>')
    .replace(clock, '<time>')
    .replace(measured, '$1$2<duration>')
    .replace(named, '$1$2<pid>')
    .replace(bracketed, '$1[<pid>]')
    .replace(valgrind, '==<pid>==')
    .replace(address, '<address>');
}
