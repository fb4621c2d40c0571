import fc from "fast-check";
import { expect, test } from "vitest";
import { createTimeParser } from "./local-time.ts";

const london = createTimeParser("Europe/London");

function iso(text: string, parse = london): string {
  const time = parse(text);
  return time.ok ? new Date(time.value).toISOString() : time.code;
}

test("winter and summer time are told apart", () => {
  expect(iso("2011-01-15 12:00")).toBe("2011-01-15T12:00:00.000Z");
  expect(iso("2011-07-15T12:00:30.5")).toBe("2011-07-15T11:00:30.500Z");
  expect(iso("2011-07-15")).toBe("2011-07-14T23:00:00.000Z");
});

test("a time that comes twice is the first, a time that is skipped is an hour later", () => {
  expect(iso("2011-10-30 01:30:00")).toBe("2011-10-30T00:30:00.000Z");
  expect(iso("2011-03-27 01:30:00")).toBe("2011-03-27T01:30:00.000Z");
  expect(iso("2011-10-02 02:15", createTimeParser("Australia/Lord_Howe"))).toBe("2011-10-01T15:45:00.000Z");
});

test("a stated zone counts more than the default one", () => {
  expect(iso("2011-07-15T12:00:00Z")).toBe("2011-07-15T12:00:00.000Z");
  expect(iso("2011-07-15 12:00 +0530")).toBe("2011-07-15T06:30:00.000Z");
  expect(iso("2011-07-15T12:00:00-03:00", createTimeParser(undefined))).toBe("2011-07-15T15:00:00.000Z");
});

test.each([
  ["2011-02-29 10:00", "invalid_time"],
  ["2011-13-01", "invalid_time"],
  ["2011-01-01 24:00", "invalid_time"],
  ["0011-01-01 10:00", "invalid_time"],
  ["yesterday", "invalid_time"],
  ["", "invalid_time"],
  ["31/12/2010 08:26", "ambiguous_time"],
  ["12.1.2010 8:26", "ambiguous_time"],
])("%s is refused as %s", (text, code) => {
  expect(iso(text)).toBe(code);
});

test("without any zone a time is refused, never guessed", () => {
  expect(iso("2011-07-15 12:00", createTimeParser(undefined))).toBe("no_time_zone");
});

test("an instant written as local time is read back, but for the hour that comes twice", () => {
  const zone = fc.constantFrom(
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "UTC",
  );
  const instant = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 0, 1) });
  fc.assert(
    fc.property(zone, instant, (timeZone, ms) => {
      const text = localText(ms, timeZone);
      const read = createTimeParser(timeZone)(text);
      if (!read.ok) throw new Error(read.detail);
      const floor = Math.floor(ms / 1000) * 1000;
      // Of two instants with the same local time the first is read.
      expect(read.value).toBeLessThanOrEqual(floor);
      expect(localText(read.value, timeZone)).toBe(text);
    }),
  );
});

function localText(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
    hourCycle: "h23",
  }).format(ms);
}
