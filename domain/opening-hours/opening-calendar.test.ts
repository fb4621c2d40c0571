import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLocalClock } from "../time-zone/local-clock.ts";
import { createOpeningCalendar } from "./opening-calendar.ts";
import { parseOpeningHours } from "./parse-opening-hours.ts";
import { calendarOf, pickupReadyAt } from "./pickup-ready.ts";

function calendar(text: string, timeZone = "Europe/Berlin", holidays: string[] = []) {
  const hours = parseOpeningHours(text);
  if (!hours.ok) throw new Error(hours.detail);
  return createOpeningCalendar({ hours: hours.value, clock: createLocalClock(timeZone), holidays });
}
const at = (text: string) => Date.parse(text);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

describe("a week in Berlin", () => {
  const shop = calendar("Mo-Sa 07:00-21:00; PH off", "Europe/Berlin", ["2026-12-25", "2026-12-26"]);

  test("is open from the first to the last minute, by its own clock", () => {
    expect(shop.isOpen(at("2026-11-23T06:00:00Z"))).toBe(true);
    expect(shop.isOpen(at("2026-11-23T05:59:59.999Z"))).toBe(false);
    expect(shop.isOpen(at("2026-11-23T19:59:59.999Z"))).toBe(true);
    expect(shop.isOpen(at("2026-11-23T20:00:00Z"))).toBe(false);
  });

  test("opens next after Sundays and holidays", () => {
    expect(iso(shop.nextOpening(at("2026-11-21T20:00:00Z")))).toBe("2026-11-23T06:00:00.000Z");
    expect(iso(shop.nextOpening(at("2026-12-24T21:00:00Z")))).toBe("2026-12-28T06:00:00.000Z");
    expect(iso(shop.closesAt(at("2026-11-23T12:00:00Z")))).toBe("2026-11-23T20:00:00.000Z");
    expect(shop.closesAt(at("2026-11-22T12:00:00Z"))).toBeNull();
  });

  test("minutes of opening hours go on when it opens again", () => {
    expect(iso(shop.addOpenMinutes(at("2026-11-21T19:00:00Z"), 120))).toBe("2026-11-23T07:00:00.000Z");
    expect(iso(shop.addOpenMinutes(at("2026-11-22T12:00:00Z"), 0))).toBe("2026-11-23T06:00:00.000Z");
    expect(shop.openMinutesBetween(at("2026-11-21T19:00:00Z"), at("2026-11-23T07:00:00Z"))).toBe(120);
  });
});

describe("when the clocks change", () => {
  test("a night in spring is an hour shorter, one in autumn an hour longer", () => {
    const bar = calendar("Mo-Su 22:00-04:00");
    const minutes = (evening: string) => bar.openMinutesBetween(at(evening), at(evening) + 12 * 3_600_000);
    expect(minutes("2026-03-28T18:00:00Z")).toBe(300);
    expect(minutes("2026-10-24T18:00:00Z")).toBe(420);
    expect(minutes("2026-06-06T18:00:00Z")).toBe(360);
    expect(bar.isOpen(at("2026-03-29T01:30:00Z"))).toBe(true);
    expect(bar.isOpen(at("2026-03-29T02:00:00Z"))).toBe(false);
  });

  test("a time that is skipped is as much later, one that comes twice is the first", () => {
    const clock = createLocalClock("Europe/Berlin");
    const spring = clock.read(at("2026-03-29T12:00:00Z")).day;
    const autumn = clock.read(at("2026-10-25T12:00:00Z")).day;
    expect(iso(clock.toUnixMs(spring, 150))).toBe("2026-03-29T01:30:00.000Z");
    expect(iso(clock.toUnixMs(autumn, 150))).toBe("2026-10-25T00:30:00.000Z");
    expect(iso(clock.toUnixMs(autumn, 180))).toBe("2026-10-25T02:00:00.000Z");
  });

  test("clocks that change by half an hour, or at midnight, are read right", () => {
    const lordHowe = createLocalClock("Australia/Lord_Howe");
    const day = lordHowe.read(at("2026-10-03T15:45:00Z")).day;
    expect(iso(lordHowe.toUnixMs(day, 180))).toBe("2026-10-03T16:00:00.000Z");
    const beirut = calendar("Mo-Su 00:00-24:00", "Asia/Beirut");
    expect(beirut.isOpen(at("2026-03-28T22:30:00Z"))).toBe(true);
  });
});

test("in every zone, walking minute by minute finds what addOpenMinutes finds", () => {
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
  const texts = ["Mo-Sa 07:00-21:00", "Mo-Su 22:00-04:00", "Mo,We 09:00-12:00,11:00-13:00", "24/7"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...texts),
      fc.integer({ min: 0, max: 400 * 24 * 60 }),
      fc.integer({ min: 1, max: 300 }),
      (zone, text, startMinute, minutes) => {
        const open = calendar(text, zone);
        const from = Date.UTC(2026, 0, 1) + startMinute * 60_000;
        const found = open.addOpenMinutes(from, minutes) ?? 0;
        let left = minutes;
        let ms = from;
        for (; left > 0; ms += 60_000) if (open.isOpen(ms)) left -= 1;
        expect(iso(found)).toBe(iso(ms));
      },
    ),
    { numRuns: 60 },
  );
});

describe("pickup", () => {
  const rules = { leadMinutes: 120, lastOrderMinutes: 60 };
  const shop = calendar("Mo-Sa 10:00-20:00", "UTC");

  test("an order is worked on at once, up to the last order of the day", () => {
    expect(iso(pickupReadyAt(shop, rules, at("2026-11-23T12:00:00Z")))).toBe("2026-11-23T14:00:00.000Z");
    expect(iso(pickupReadyAt(shop, rules, at("2026-11-23T19:00:00Z")))).toBe("2026-11-24T11:00:00.000Z");
    expect(iso(pickupReadyAt(shop, rules, at("2026-11-23T19:00:01Z")))).toBe("2026-11-24T12:00:00.000Z");
  });

  test("an order of the night is ready after the lead time from the opening", () => {
    expect(iso(pickupReadyAt(shop, rules, at("2026-11-21T23:00:00Z")))).toBe("2026-11-23T12:00:00.000Z");
    expect(iso(pickupReadyAt(calendar("24/7"), rules, at("2026-11-21T23:00:00Z")))).toBe(
      "2026-11-22T01:00:00.000Z",
    );
  });

  test("nobody knows where the hours are empty, not understood, or never come", () => {
    const place = { timeZone: "UTC", publicHolidays: [] };
    expect(calendarOf({ ...place, openingHours: "" })).toBeNull();
    expect(calendarOf({ ...place, openingHours: "by appointment" })).toBeNull();
    expect(calendarOf({ ...place, openingHours: "24/7", timeZone: "Mars/Base" })).toBeNull();
    expect(pickupReadyAt(calendar("off"), rules, 0)).toBeNull();
  });
});
