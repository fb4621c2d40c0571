import { describe, expect, test } from "vitest";
import { dateOfDay, dayOfDate } from "../time-zone/local-clock.ts";
import { parseOpeningHours } from "./parse-opening-hours.ts";
import { spansOfDay } from "./spans-of-day.ts";

/** The spans of a date as `07:00-21:00`, minutes beyond a day as 26:00. */
function hoursOn(text: string, date: string, isHoliday = false): string {
  const parsed = parseOpeningHours(text);
  if (!parsed.ok) throw new Error(parsed.detail);
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return spansOfDay(parsed.value, dayOfDate(date), isHoliday)
    .map(({ from, to }) => `${clock(from)}-${clock(to)}`)
    .join(",");
}

const MONDAY = "2026-06-01";
const SATURDAY = "2026-06-06";
const SUNDAY = "2026-06-07";

describe("what is understood", () => {
  test.each([
    ["Mo-Sa 07:00-21:00", MONDAY, "07:00-21:00"],
    ["Mo-Sa 07:00-21:00", SUNDAY, ""],
    ["Mo-Sa 7:00 - 21:00", SATURDAY, "07:00-21:00"],
    ["07:00-22:00", SUNDAY, "07:00-22:00"],
    ["24/7", SUNDAY, "00:00-24:00"],
    ["Mo-Fr 08:00-12:00,13:00-18:00; Sa 09:00-13:00", MONDAY, "08:00-12:00,13:00-18:00"],
    ["Mo-Fr 08:00-12:00,13:00-18:00; Sa 09:00-13:00", SATURDAY, "09:00-13:00"],
    ["Mo-Fr 07:00-21:00, Sa 07:00-20:00", SATURDAY, "07:00-20:00"],
    ["Sa-Mo 10:00-12:00", SUNDAY, "10:00-12:00"],
    ["Mo-Su 10:00-12:00; Mo 11:00-12:00", MONDAY, "11:00-12:00"],
    ["Mo-Su 10:00-12:00, Mo 14:00-15:00", MONDAY, "10:00-12:00,14:00-15:00"],
    ["Fr-Sa 22:00-02:00", SATURDAY, "22:00-26:00"],
    ["Fr-Sa 22:00-26:00", SATURDAY, "22:00-26:00"],
    ["Mo-Sa 08:00-20:00; Dec 24 07:00-14:00", "2026-12-24", "07:00-14:00"],
    ["Mo-Sa 08:00-20:00; Dec 24,31 07:00-14:00", "2026-12-31", "07:00-14:00"],
    ["Mo-Su 08:00-20:00; Dec 24-Jan 06 off", "2027-01-03", ""],
    ["Mo-Su 08:00-20:00; Dec 24-Jan 06 off", "2027-01-07", "08:00-20:00"],
    ["Mo-Su 08:00-20:00; 2026 Dec 24-Jan 06 off", "2027-01-06", ""],
    ["Mo-Su 08:00-20:00; 2026 Dec 24-Jan 06 off", "2027-12-24", "08:00-20:00"],
    ["Mo-Fr 06:30-22:00; 2023 Jun 11-Sep 06 off", "2023-09-06", ""],
    ["Mo-Sa 07:00-21:00; Mar-Oct: Su 12:00-18:00; PH off", SUNDAY, "12:00-18:00"],
    ["Mo-Sa 07:00-21:00; Mar-Oct: Su 12:00-18:00; PH off", "2026-11-01", ""],
    ["Mo-Sa 08:00-20:00; PH closed; Mar 15-Oct 31:Su,PH 11:00-17:00", SUNDAY, "11:00-17:00"],
    ["Mo-Sa 07:00-21:00; Su, PH Off", MONDAY, "07:00-21:00"],
  ])("%s on %s: %s", (text, date, expected) => {
    expect(hoursOn(text, date)).toBe(expected);
  });

  test("a holiday is an ordinary day until a rule with PH says otherwise", () => {
    expect(hoursOn("Mo-Sa 07:00-21:00", MONDAY, true)).toBe("07:00-21:00");
    expect(hoursOn("Mo-Sa 07:00-21:00; PH off", MONDAY, true)).toBe("");
    expect(hoursOn("Mo-Sa 07:00-20:00, Su,PH off", MONDAY, true)).toBe("");
    expect(hoursOn("Mo-Sa 07:00-20:00; PH off; Mar-Oct: PH 10:00-12:00", MONDAY, true)).toBe("10:00-12:00");
  });
});

test.each([
  "Occasional",
  "Mo-Sa 21:00",
  "Mo-Sa",
  "Mo-Sa 07:00-",
  "Mo-Sa 07:00-20:00;; Su off",
  "Mo-Sa 10:00+",
  "Mo-Sa 07:61-20:00",
  "Mo-Sa 25:00-26:00",
  "Mo[1] 10:00-12:00",
  "Mo-Sa sunrise-sunset",
  "PH Su off",
  "SH 10:00-12:00",
  "week 1-10 Mo 10:00-12:00",
  "easter off",
  "Feb 30 off",
  "2026 Dec 24-2026 Dec 20 off",
  'Mo-Sa 08:00-21:00 || "by appointment"',
  "PH off; Mo-Sa 07:00-20:00",
  "Mo-Sa 07:00-20:00 Su",
  "dauerhaft geschlossen",
  "",
])("%s is refused and never guessed", (text) => {
  expect(parseOpeningHours(text)).toMatchObject({ ok: false, code: "invalid_opening_hours" });
});

test("an end with a separator is no mistake", () => {
  expect(hoursOn("Mo-Sa 07:00-21:00;", MONDAY)).toBe("07:00-21:00");
});

test("days are counted from 1970", () => {
  expect(dateOfDay(dayOfDate("2026-03-29"))).toBe("2026-03-29");
  expect(dayOfDate("1970-01-02")).toBe(1);
});
