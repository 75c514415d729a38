// Makes the clock of a process jump by hours, forth and back, ten times a second: node --import jumpingClock.mjs PROGRAM.
// Only what the process itself asks for jumps; files and processes keep the times that the system gives them.
const hour = 3_600_000;
const jumps = [3 * hour, -5 * hour, 0, 48 * hour, -48 * hour];
let jump = 0;
setInterval(() => {
  jump = (jump + 1) % jumps.length;
}, 100).unref();

const RealDate = Date;
const now = RealDate.now.bind(RealDate);
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(Date.now());
    else super(...args);
  }

  static now() {
    return now() + jumps[jump];
  }
};
