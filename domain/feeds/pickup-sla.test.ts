import { describe, expect, test } from "vitest";
import { calendarOf } from "../opening-hours/pickup-ready.ts";
import { pickupSlaOf } from "./pickup-sla.ts";

const timeZone = "Europe/Berlin";
const pickup = { leadMinutes: 60, lastOrderMinutes: 60 };
function slaOf(openingHours: string, now: string, more: Partial<typeof pickup> = {}) {
  const calendar = calendarOf({ openingHours, timeZone, publicHolidays: [] });
  if (calendar === null) throw new Error(openingHours);
  return pickupSlaOf(calendar, { timeZone, pickup: { ...pickup, ...more } }, Date.parse(now));
}

describe("the pickup promise of a feed", () => {
  test.each([
    ["a shop with an evening: who orders then collects on the next day", "Mo-Su 09:00-20:00", "next_day"],
    ["a shop that never closes: who orders before midnight collects after it", "24/7", "next_day"],
    ["a shop that is closed on Sundays: the wait over it counts on Saturday", "Mo-Sa 09:00-20:00", "2-day"],
    ["a shop that opens on one day a week", "Sa 09:00-20:00", "multi-week"],
  ])("holds for every order of the next day: %s", (_, openingHours, expected) => {
    expect(slaOf(openingHours, "2026-06-06T06:00:00Z")).toBe(expected);
  });

  test("is the same day only where no order waits over midnight", () => {
    // On Friday all that is ordered until Saturday noon is ready on its own day: it never waits for the shop to open.
    expect(slaOf("24/7", "2026-06-05T06:00:00Z", { leadMinutes: 0, lastOrderMinutes: 0 })).toBe("same_day");
  });

  test("is nothing where the shop does not open again", () => {
    expect(slaOf("off", "2026-06-05T06:00:00Z")).toBeNull();
  });
});
