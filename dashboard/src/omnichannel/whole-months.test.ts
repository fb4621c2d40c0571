import { expect, test } from "vitest";
import { wholeMonths } from "./whole-months.ts";

test("a window of days begins with the month in which it begins, or earlier by some days", () => {
  expect(["6daysAgo", "27daysAgo", "90daysAgo", "364daysAgo", "2026-03-17"].map(wholeMonths)).toEqual([
    "1monthsAgo",
    "1monthsAgo",
    "3monthsAgo",
    "12monthsAgo",
    "2026-03-01",
  ]);
  expect(wholeMonths("beginning")).toBe("beginning");
  expect(wholeMonths("12monthsAgo")).toBe("12monthsAgo");
});
