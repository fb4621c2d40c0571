import { expect, test } from "vitest";
import { differences } from "./report-differences.ts";

const FIGURES = { orders: 3, hours: 124, share: 0.25, money: 0n, note: null };
const ROW = { orders: 3, hours: 124, share: 0.25, money: "0", note: null };

test("a quotient may be a last digit off, also where one of both is whole", () => {
  expect(differences({ ...ROW, hours: 123.999_999_999_999_97 }, FIGURES, "row")).toEqual([]);
  expect(differences({ ...ROW, share: 0.250_000_000_000_000_1 }, FIGURES, "row")).toEqual([]);
});

test.each([
  { orders: 4 },
  { orders: "3" },
  { orders: null },
  { hours: 123.999 },
  { share: 0.2501 },
  { share: null },
  { money: "0.000001" },
  { money: null },
  { money: "none" },
  { note: "" },
])("%j is not as the fold has it", (wrong) => {
  const [column] = Object.keys(wrong);
  expect(differences({ ...ROW, ...wrong }, FIGURES, "row")).toEqual([expect.stringContaining(`${column}: `)]);
  expect(differences(undefined, FIGURES, "no row")).toHaveLength(Object.keys(FIGURES).length);
});
