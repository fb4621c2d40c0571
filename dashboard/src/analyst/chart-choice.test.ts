import { describe, expect, test } from "vitest";
import { type ChartColumn, suggestChart, validChoice } from "./chart-choice.ts";

const day: ChartColumn = { name: "day", is: "time" };
const name: ChartColumn = { name: "name", is: "text" };
const units: ChartColumn = { name: "units", is: "number" };
const sales: ChartColumn = { name: "sales", is: "number" };

describe("the chart that rows suggest", () => {
  test("is lines over time, bars over names, points over numbers", () => {
    expect(suggestChart([name, day, units, sales], 9)).toEqual({
      kind: "line",
      x: "day",
      ys: ["units", "sales"],
    });
    expect(suggestChart([name, units, sales], 9)).toEqual({ kind: "bar", x: "name", ys: ["units"] });
    expect(suggestChart([units, sales], 900)).toEqual({ kind: "scatter", x: "units", ys: ["sales"] });
  });

  test("has values of one unit on its axis", () => {
    const money: ChartColumn = { name: "net", is: "number", unit: "money" };
    const count: ChartColumn = { name: "orders", is: "number", unit: "count" };
    const gross: ChartColumn = { name: "gross", is: "number", unit: "money" };
    expect(suggestChart([day, money, count, gross], 9)?.ys).toEqual(["net", "gross"]);
  });

  test("is none of one row, of no numbers, or of more names than bars can be told apart", () => {
    expect(suggestChart([day, units], 1)).toBe(null);
    expect(suggestChart([day, name], 9)).toBe(null);
    expect(suggestChart([name, units], 500)).toBe(null);
  });
});

test("a choice of a link keeps the columns that are there", () => {
  const columns = [day, units, sales];
  expect(validChoice({ kind: "line", x: "day", ys: ["gone", "sales"] }, columns)).toEqual({
    kind: "line",
    x: "day",
    ys: ["sales"],
  });
  expect(validChoice({ kind: "line", x: "gone", ys: ["sales"] }, columns)).toBe(null);
  expect(validChoice({ kind: "bar", x: "day", ys: ["day"] }, columns)).toBe(null);
  expect(validChoice({ kind: "scatter", x: "day", ys: ["sales"] }, columns)).toBe(null);
});
