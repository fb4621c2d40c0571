// Loaded before a program (`--import`): its clock starts at GIVEN_START_MS and goes a thousand times slower, so that all that it
// does in a test happens within a second that is always the same one. Timers, and the engine's own clock, run as ever.
const startMs = Number(process.env["GIVEN_START_MS"]);
const begunMs = Date.now();
const realNow = Date.now.bind(Date);
const slowNow = () => Math.floor(startMs + (realNow() - begunMs) / 1000);

globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(slowNow());
    else super(...given);
  }
  static now() {
    return slowNow();
  }
};
