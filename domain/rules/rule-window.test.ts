import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLocalClock } from "../time-zone/local-clock.ts";
import { availabilityRuleSchema } from "./availability-rule.ts";
import { windowAt } from "./rule-window.ts";

const berlin = createLocalClock("Europe/Berlin");
const at = (text: string) => Date.parse(text);
function rule(window: Record<string, unknown>, releaseAt: string | null = null) {
  const base = { ruleId: "r", scope: { channel: "web" }, window, quantity: 1 };
  return availabilityRuleSchema.parse(
    releaseAt === null ? { ...base, kind: "safety_stock" } : { ...base, kind: "allocation", releaseAt },
  );
}
function stateAt(window: Record<string, unknown>, text: string, releaseAt: string | null = null) {
  const { isIn, untilMs } = windowAt(rule(window, releaseAt), berlin, at(text));
  return [isIn, Number.isFinite(untilMs) ? new Date(untilMs).toISOString() : "never"];
}

describe("the window of a rule", () => {
  test("without anything is always open", () => {
    expect(stateAt({}, "2026-06-01T00:00:00Z")).toEqual([true, "never"]);
  });

  test("starts and ends at its instants, to the millisecond", () => {
    const window = { startsAt: "2026-06-01T10:00:00Z", endsAt: "2026-06-02T10:00:00Z" };
    expect(stateAt(window, "2026-06-01T09:59:59.999Z")).toEqual([false, "2026-06-01T10:00:00.000Z"]);
    expect(stateAt(window, "2026-06-01T10:00:00Z")).toEqual([true, "2026-06-02T10:00:00.000Z"]);
    expect(stateAt(window, "2026-06-02T10:00:00Z")).toEqual([false, "never"]);
  });

  test("an allocation ends at its release", () => {
    expect(stateAt({}, "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z")).toEqual([
      true,
      "2026-06-01T10:00:00.000Z",
    ]);
    expect(stateAt({}, "2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z")).toEqual([false, "never"]);
  });

  test("of a week is read by the location's own clock, in summer and in winter", () => {
    const window = { weekdays: ["fr", "sa"], from: "18:00", to: "20:00" };
    expect(stateAt(window, "2026-06-05T15:59:00Z")).toEqual([false, "2026-06-05T16:00:00.000Z"]);
    expect(stateAt(window, "2026-06-05T16:00:00Z")).toEqual([true, "2026-06-05T18:00:00.000Z"]);
    expect(stateAt(window, "2026-12-04T17:00:00Z")).toEqual([true, "2026-12-04T19:00:00.000Z"]);
    expect(stateAt(window, "2026-06-06T18:00:00Z")).toEqual([false, "2026-06-12T16:00:00.000Z"]);
  });

  test("over midnight belongs to the day on which it starts", () => {
    const window = { weekdays: ["sa"], from: "22:00", to: "02:00" };
    expect(stateAt(window, "2026-06-06T23:30:00Z")).toEqual([true, "2026-06-07T00:00:00.000Z"]);
    expect(stateAt(window, "2026-06-05T23:30:00Z")).toEqual([false, "2026-06-06T20:00:00.000Z"]);
  });

  test("whole days that touch are one stretch", () => {
    expect(stateAt({ weekdays: ["sa", "su"] }, "2026-06-06T10:00:00Z")).toEqual([
      true,
      "2026-06-07T22:00:00.000Z",
    ]);
  });

  test("keeps its clock times where the clocks change", () => {
    const night = { from: "01:00", to: "04:00" };
    expect(stateAt(night, "2026-03-29T00:30:00Z")).toEqual([true, "2026-03-29T02:00:00.000Z"]);
    expect(stateAt(night, "2026-10-25T00:30:00Z")).toEqual([true, "2026-10-25T03:00:00.000Z"]);
    expect(stateAt({ from: "02:30", to: "05:00" }, "2026-03-29T01:00:00Z")).toEqual([
      false,
      "2026-03-29T01:30:00.000Z",
    ]);
  });

  test("never changes before it says that it does, and always then, for any window and zone", () => {
    const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, "0")}:30`);
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"),
        fc.record({
          weekdays: fc.option(fc.uniqueArray(fc.constantFrom("mo", "we", "sa", "su"), { minLength: 1 })),
          from: fc.option(time),
          to: fc.option(time),
        }),
        fc.integer({ min: 0, max: 365 * 24 * 4 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (zone, window, quarter, share) => {
          const clock = createLocalClock(zone);
          const atMs = at("2026-01-01T00:00:00Z") + quarter * 900_000;
          const { isIn, untilMs } = windowAt(rule(window), clock, atMs);
          if (!Number.isFinite(untilMs)) return;
          const between = Math.min(untilMs - 1, Math.floor(atMs + (untilMs - atMs) * share));
          expect(windowAt(rule(window), clock, between).isIn).toBe(isIn);
          const isAlways = untilMs - atMs > 7 * 86_400_000;
          expect(isAlways || windowAt(rule(window), clock, untilMs).isIn !== isIn).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
