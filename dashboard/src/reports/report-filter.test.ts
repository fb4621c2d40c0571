import fc from "fast-check";
import { expect, test } from "vitest";
import {
  paramsOfFilter,
  parseReportFilter,
  type ReportFilter,
  windowOfFilter,
  writeReportFilter,
} from "./report-filter.ts";

const filters: fc.Arbitrary<ReportFilter> = fc.record({
  from: fc.constantFrom("6daysAgo", "2026-03-01", "beginning"),
  to: fc.constantFrom("tomorrow", "2026-04-01"),
  timeZone: fc.constantFrom("", "Europe/Berlin"),
  location: fc.constantFrom("", "store-1"),
  channel: fc.constantFrom("", "web"),
  category: fc.constantFrom("", "Knitwear & scarves"),
  compare: fc.constantFrom("", "previous", "year_ago"),
});

test("a link shows what its sender saw, and keeps what is not the filter's", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const written = writeReportFilter(new URLSearchParams("tab=b&channel=old"), filter, "28d");
      expect(parseReportFilter(new URLSearchParams(written.toString()), "28d")).toEqual(filter);
      expect(written.get("tab")).toBe("b");
    }),
  );
});

test("a filter as it usually is leaves the address clean", () => {
  const usual = parseReportFilter(new URLSearchParams(), "28d");
  expect(writeReportFilter(new URLSearchParams(), usual, "28d").toString()).toBe("");
  expect(windowOfFilter(usual)).toBe("28d");
});

test("a report is asked for what it takes, and nothing empty", () => {
  const filter = parseReportFilter(
    new URLSearchParams("location=store-1&channel=web&compare=previous"),
    "7d",
  );
  expect(paramsOfFilter(filter, ["window", "location", "category", "compare"])).toEqual({
    from: "6daysAgo",
    to: "tomorrow",
    location: "store-1",
  });
});
