import { expect, test } from "vitest";
import { ageSeconds, formatAge, freshness } from "./age.ts";

test("an age is told in its largest whole unit, rounded down", () => {
  expect([0, 1, 59, 60, 3599, 3600, 86_399, 86_400, 10 * 86_400].map((s) => formatAge(s, "en-GB"))).toEqual([
    "now",
    "1 sec",
    "59 secs",
    "1 min",
    "59 mins",
    "1 hr",
    "23 hrs",
    "1 day",
    "10 days",
  ]);
});

test("a reader's clock ahead of ours makes no negative age", () => {
  expect(ageSeconds(2000, 1000)).toBe(0);
  expect(ageSeconds(1000, 3999)).toBe(2);
});

test("what was never seen is not fresh", () => {
  expect([0, 3599, 3600, 86_399, 86_400, null].map(freshness)).toEqual([
    "fresh",
    "fresh",
    "ageing",
    "ageing",
    "old",
    "never",
  ]);
});
