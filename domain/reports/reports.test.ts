import { describe, expect, test } from "vitest";
import { parseReportHeader } from "./parse-report-header.ts";
import { type AskedParameters, resolveParameters } from "./report-parameters.ts";
import { comparedRange, windowOf } from "./report-window.ts";
import { resolveDay } from "./resolve-day.ts";

const SQL = `-- Report:     K1, P2
-- Question:   How much,
--             and why?
-- Grain:      one row
-- Parameters: from = 30daysAgo, to, timeZone
--             currency, location
--             activeDays: integer 1..730 = 365 — how long a purchase
--             keeps somebody a customer
--             period: day|week = day — how long
-- Freshness:  now
-- Cost:       one pass
-- Columns:    rate share — kept ÷ all,
--             null without any
--             n count — all
SELECT 1`;

const header = parseReportHeader("test", SQL);
const NOW = Date.UTC(2026, 2, 10, 23, 30);
const around = { nowMs: NOW, timeZone: "Europe/Berlin", currencies: ["EUR"] };
const resolve = (asked: AskedParameters, more = {}) =>
  resolveParameters(header, asked, { ...around, ...more });

describe("the header of a report", () => {
  test("says all that the catalogue has", () => {
    expect(header).toMatchObject({
      name: "test",
      kpis: ["K1", "P2"],
      question: "How much, and why?",
      columns: [
        { name: "rate", unit: "share", meaning: "kept ÷ all, null without any" },
        { name: "n", unit: "count" },
      ],
    });
    expect(header.parameters.map(({ name, type, default: byDefault }) => [name, type, byDefault])).toEqual([
      ["from", "date", "30daysAgo"],
      ["to", "date", "tomorrow"],
      ["timeZone", "text", ""],
      ["currency", "text", ""],
      ["location", "list", ""],
      ["activeDays", "integer", "365"],
      ["period", "choice", "day"],
    ]);
    expect(header.parameters[5]).toMatchObject({
      min: 1,
      max: 730,
      meaning: "how long a purchase keeps somebody a customer",
    });
  });

  test.each([
    ["a field is missing", SQL.replace("-- Cost: ", "-- Price:"), "it has no Cost"],
    ["a unit is none", SQL.replace("n count", "n pieces"), "n pieces"],
    ["an id is none", SQL.replace("K1, P2", "K1, Z9"), "Z9"],
    ["a parameter is not known", SQL.replace("from = ", "since = "), "since"],
  ])("is refused where %s", (_, sql, why) => {
    expect(() => parseReportHeader("x", sql)).toThrow(why);
  });
});

describe("parameters", () => {
  test("have their defaults, and days are of the wall clock", () => {
    expect(resolve({})).toMatchObject({
      ok: true,
      value: {
        currency: "EUR",
        parameters: {
          from: "2026-02-09",
          to: "2026-03-12",
          timeZone: "Europe/Berlin",
          location: [],
          activeDays: 365,
        },
        window: { fromInstant: "2026-02-08T23:00:00.000Z", toInstant: "2026-03-11T23:00:00.000Z" },
      },
    });
  });

  test("are taken as texts or lists", () => {
    const found = resolve({
      location: "S1,S2",
      activeDays: "30",
      timeZone: "UTC",
      from: "beginning",
      to: "2026-01-01",
    });
    expect(found).toMatchObject({
      value: {
        parameters: { location: ["S1", "S2"], activeDays: 30, from: "beginning" },
        window: { from: null },
      },
    });
    expect(resolve({ location: ["S1", "S2"] })).toMatchObject({
      value: { parameters: { location: ["S1", "S2"] } },
    });
  });

  test.each([
    [{ colour: "red" }, "report_parameter_unknown"],
    [{ period: "year" }, "report_parameter_invalid"],
    [{ activeDays: "731" }, "report_parameter_invalid"],
    [{ activeDays: "many" }, "report_parameter_invalid"],
    [{ from: "2026-02-30" }, "report_parameter_invalid"],
    [{ from: "2026-03-01", to: "2026-03-01" }, "report_parameter_invalid"],
    [{ timeZone: "Europe/Atlantis" }, "report_parameter_invalid"],
    [{ currency: "euro" }, "report_parameter_invalid"],
  ])("%j is refused as %s", (asked, code) => {
    expect(resolve(asked)).toMatchObject({ ok: false, code });
  });

  test("amounts in several currencies are never taken together", () => {
    expect(resolve({}, { currencies: ["EUR", "GBP"] })).toMatchObject({ code: "report_currency_needed" });
    expect(resolve({ currency: "GBP" }, { currencies: ["EUR", "GBP"] })).toMatchObject({
      value: { currency: "GBP" },
    });
  });
});

describe("windows", () => {
  const day = (text: string) => resolveDay(text, NOW, "UTC") ?? Number.NaN;
  const compared = (from: string, to: string, kind: "previous" | "year_ago") => {
    const found = comparedRange({ fromDay: day(from), toDay: day(to) }, kind);
    return found.ok ? [windowOf(found.value, "UTC").from, windowOf(found.value, "UTC").to] : found.code;
  };

  test("words of days", () => {
    const words = ["today", "tomorrow", "30daysAgo", "2monthsAgo"].map(
      (word) => windowOf({ fromDay: null, toDay: day(word) }, "UTC").to,
    );
    expect(words).toEqual(["2026-03-10", "2026-03-11", "2026-02-08", "2026-01-01"]);
    expect(resolveDay("beginning", NOW, "UTC")).toBeNull();
    expect(resolveDay("soon", NOW, "UTC")).toBeUndefined();
  });

  test("the one before is as long; whole months are compared with whole months", () => {
    expect(compared("2026-03-03", "2026-03-10", "previous")).toEqual(["2026-02-24", "2026-03-03"]);
    expect(compared("2026-03-01", "2026-04-01", "previous")).toEqual(["2026-02-01", "2026-03-01"]);
    expect(compared("2026-01-01", "2026-04-01", "previous")).toEqual(["2025-10-01", "2026-01-01"]);
  });

  test("a year ago has the same dates", () => {
    expect(compared("2026-03-03", "2026-03-10", "year_ago")).toEqual(["2025-03-03", "2025-03-10"]);
    expect(compared("2024-02-29", "2024-03-01", "year_ago")).toEqual(["2023-02-28", "2023-03-01"]);
  });

  test("one without a begin has nothing before it", () => {
    expect(comparedRange({ fromDay: null, toDay: 5 }, "previous")).toMatchObject({
      code: "report_comparison_unbounded",
    });
  });

  test("a day has 23 hours where the clocks go forward", () => {
    const { fromInstant, toInstant } = windowOf(
      { fromDay: day("2026-03-29"), toDay: day("2026-03-30") },
      "Europe/Berlin",
    );
    expect(Date.parse(toInstant) - Date.parse(fromInstant)).toBe(23 * 3_600_000);
  });
});
