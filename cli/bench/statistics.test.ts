import { expect, test } from "vitest";
import { median, percentile, rounded } from "./statistics.ts";

test("the median is the middle value, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("a percentile lies between its two neighbours in proportion", () => {
  const values = Array.from({ length: 101 }, (_, index) => index);
  expect(percentile(values, 99)).toBe(99);
  expect(percentile([10, 20], 75)).toBe(17.5);
});

test("numbers are told with four significant digits", () => {
  expect(rounded(12_345.678)).toBe(12_350);
  expect(rounded(0.712_345)).toBe(0.7123);
});
