import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReaderClock } from "./reader-clock.ts";

const START_MS = Date.UTC(2026, 0, 15, 9);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type Message = { receivedAtMs: number; readerTimeMs: number };

/** Messages every `everyMs` of a clock that is `skewMs` ahead, with a time on the way of up to `jitterMs`. */
function live(
  options: { skewMs: number; fromMs: number; forMs: number; everyMs?: number; jitterMs?: number },
  random: () => number = () => 0.5,
): Message[] {
  const { skewMs, fromMs, forMs, everyMs = 500, jitterMs = 400 } = options;
  const messages: Message[] = [];
  for (let atMs = fromMs; atMs < fromMs + forMs; atMs += everyMs) {
    messages.push({ receivedAtMs: atMs + 20 + random() * jitterMs, readerTimeMs: atMs + skewMs });
  }
  return messages.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
}

/** What a reader kept from `fromMs` on, for `forMs`, delivered from `deliveredAtMs` on, `rate` times as fast as it was read. */
function backlog(options: {
  fromMs: number;
  forMs: number;
  deliveredAtMs: number;
  rate: number;
  skewMs?: number;
}): Message[] {
  const { fromMs, forMs, deliveredAtMs, rate, skewMs = 0 } = options;
  const messages: Message[] = [];
  for (let afterMs = 0; afterMs < forMs; afterMs += 500) {
    messages.push({ receivedAtMs: deliveredAtMs + afterMs / rate, readerTimeMs: fromMs + afterMs + skewMs });
  }
  return messages;
}

function run(clock: ReaderClock, messages: readonly Message[]): number[] {
  return messages.map(({ receivedAtMs, readerTimeMs }) => clock.note(receivedAtMs, readerTimeMs));
}

/** A reproducible series between 0 and 1. */
function series(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("a reader's clock", () => {
  it("that is right is never corrected", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 20, max: 30_000 }),
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: -900, max: 900 }),
        (seed, everyMs, jitterMs, skewMs) => {
          const clock = new ReaderClock();
          const messages = live(
            { skewMs, fromMs: START_MS, forMs: 10 * MINUTE_MS, everyMs, jitterMs },
            series(seed),
          );
          expect(new Set(run(clock, messages))).toEqual(new Set([0]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("that is off by up to a day is corrected within a minute of live messages, to less than 2 s", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 100, max: 5_000 }),
        fc.oneof(
          fc.integer({ min: -86_400_000, max: -10_000 }),
          fc.integer({ min: 10_000, max: 86_400_000 }),
        ),
        (seed, everyMs, skewMs) => {
          const clock = new ReaderClock();
          run(clock, live({ skewMs, fromMs: START_MS, forMs: MINUTE_MS, everyMs }, series(seed)));
          expect(Math.abs(clock.correctionMs + skewMs)).toBeLessThan(2_000);
        },
      ),
      // Messages so seldom that a step holds two or three of them, by chance.
      { numRuns: 200, examples: [[21, 5_000, -10_000]] },
    );
  });

  it.each([10, -10])("that is %d minutes ahead is measured as that", (minutes) => {
    const clock = new ReaderClock();
    expect(clock.skewMs).toBeNull();
    run(clock, live({ skewMs: minutes * MINUTE_MS, fromMs: START_MS, forMs: MINUTE_MS }));
    expect(Math.abs((clock.skewMs ?? 0) - minutes * MINUTE_MS)).toBeLessThan(1_000);
  });

  it("that is ahead is corrected from the third message on: no more than two reads' messages can be refused", () => {
    const clock = new ReaderClock();
    const corrections = run(clock, live({ skewMs: 10 * MINUTE_MS, fromMs: START_MS, forMs: 3_000 }));
    expect(corrections.slice(0, 2)).toEqual([0, 0]);
    for (const correction of corrections.slice(2)) expect(correction).toBeLessThan(-9.9 * MINUTE_MS);
  });

  it("is not corrected for a reader that was offline and delivers what it kept, however fast, then is live again", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 * MINUTE_MS, max: 4 * HOUR_MS }),
        fc.oneof(
          fc.double({ min: 1.1, max: 10, noNaN: true }),
          fc.double({ min: 10, max: 5_000, noNaN: true }),
        ),
        fc.constantFrom(0, 600_000, -600_000),
        (outageMs, rate, skewMs) => {
          const clock = new ReaderClock();
          const before = live({ skewMs, fromMs: START_MS, forMs: 2 * MINUTE_MS });
          run(clock, before);
          const measured = clock.correctionMs;
          const offlineAtMs = START_MS + 2 * MINUTE_MS;
          const backAtMs = offlineAtMs + outageMs;
          const kept = backlog({
            fromMs: offlineAtMs,
            // It reads on while it delivers: what it keeps ends when it has caught up.
            forMs: Math.min(outageMs * (rate / (rate - 1)), 6 * HOUR_MS),
            deliveredAtMs: backAtMs,
            rate,
            skewMs,
          });
          const worst = run(clock, kept).reduce(
            (most, correction) => Math.max(most, Math.abs(correction - measured)),
            0,
          );
          expect(worst).toBeLessThan(2_000);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is not corrected while old reads come between live ones", () => {
    const clock = new ReaderClock();
    const messages = [
      ...live({ skewMs: 0, fromMs: START_MS, forMs: 5 * MINUTE_MS }),
      ...backlog({ fromMs: START_MS - HOUR_MS, forMs: 5 * MINUTE_MS, deliveredAtMs: START_MS, rate: 1 }),
    ].sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    expect(new Set(run(clock, messages))).toEqual(new Set([0]));
  });

  it("that was set right is trusted again: at once after it was behind, within a minute after it was ahead", () => {
    const behind = new ReaderClock();
    run(behind, live({ skewMs: -10 * MINUTE_MS, fromMs: START_MS, forMs: 2 * MINUTE_MS }));
    expect(behind.correctionMs).toBeGreaterThan(9 * MINUTE_MS);
    const right = live({ skewMs: 0, fromMs: START_MS + 2 * MINUTE_MS, forMs: MINUTE_MS });
    expect(
      run(behind, right)
        .slice(3)
        .every((correction) => correction === 0),
    ).toBe(true);
    const ahead = new ReaderClock();
    run(ahead, live({ skewMs: 10 * MINUTE_MS, fromMs: START_MS, forMs: 2 * MINUTE_MS }));
    expect(run(ahead, right).at(-1)).toBe(0);
  });

  it("is not changed by single times from nowhere", () => {
    const clock = new ReaderClock();
    const messages = live({ skewMs: 0, fromMs: START_MS, forMs: 5 * MINUTE_MS });
    for (const [index, nonsense] of [START_MS + HOUR_MS, START_MS * 2, 0, START_MS + 2 * HOUR_MS].entries()) {
      const message = messages[index * 100 + 50];
      if (message !== undefined) message.readerTimeMs = nonsense;
    }
    expect(new Set(run(clock, messages))).toEqual(new Set([0]));
  });

  it("that stands still, or history sent again at its own pace, is not corrected", () => {
    const still = new ReaderClock();
    for (let afterMs = 0; afterMs < 5 * MINUTE_MS; afterMs += 500)
      still.note(START_MS + afterMs, START_MS - HOUR_MS);
    expect(still.correctionMs).toBe(0);
    const history = new ReaderClock();
    run(history, live({ skewMs: -3 * 24 * HOUR_MS, fromMs: START_MS, forMs: 5 * MINUTE_MS }));
    expect(history.correctionMs).toBe(0);
  });

  it("that was never set is corrected: it says 1970", () => {
    const clock = new ReaderClock();
    run(clock, live({ skewMs: -START_MS, fromMs: START_MS, forMs: MINUTE_MS }));
    expect(Math.abs(clock.correctionMs - START_MS)).toBeLessThan(2_000);
  });

  it("goes on with what an earlier run measured", () => {
    const clock = new ReaderClock(600_000);
    expect(clock.skewMs).toBe(-600_000);
    expect(clock.note(START_MS, START_MS - 600_200)).toBe(600_000);
  });

  it("gives the same corrections for the same messages", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: -900_000, max: 900_000 }))),
        (steps) => {
          let atMs = START_MS;
          const messages = steps.map(([waitMs, offMs]) => {
            atMs += waitMs;
            return { receivedAtMs: atMs, readerTimeMs: atMs + offMs };
          });
          expect(run(new ReaderClock(), messages)).toEqual(run(new ReaderClock(), messages));
        },
      ),
    );
  });
});
