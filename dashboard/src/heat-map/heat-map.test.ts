import { expect, test } from "vitest";
import { sumHeat } from "./heat-grid.ts";
import { heatScale, heatStep, heatValue } from "./heat-scale.ts";

const row = (gtin: string, locationId: string, available: number) => ({
  row: {
    gtin,
    locationId,
    available,
    reasonCode: available === 0 ? ("out_of_stock" as const) : ("in_stock" as const),
  },
});

test("rows are summed by line and location; a cell without rows is none, which is not 0", () => {
  const category = (gtin: string) => (gtin.startsWith("a") ? "shoes" : null);
  const rows = [row("a1", "S1", 3), row("a2", "S1", 0), row("a1", "S2", 5), row("b1", "S1", 9)];
  const grid = sumHeat([...rows, row("a1", "S9", 7)], ["S1", "S2", "S3"], ({ gtin }) => category(gtin));
  expect(grid.lineIds).toEqual(["shoes"]);
  expect(grid.at("shoes", "S1")).toEqual({ rows: 2, promisable: 1, available: 3 });
  expect(grid.at("shoes", "S3")).toBeNull();
  expect(grid.line("shoes")).toEqual({ rows: 3, promisable: 2, available: 8 });
});

test("nothing to promise has a step of its own, and the deepest is kept for the fullest", () => {
  const shares = heatScale("share", false, []);
  expect([0, 0.01, 0.5, 0.8, 0.98, 1].map((value) => heatStep(value, shares))).toEqual([0, 1, 2, 4, 6, 7]);
  expect(heatValue({ rows: 4, promisable: 3, available: 12 }, "share")).toBe(0.75);
});

test("units of categories are spread over the steps, however few cells there are", () => {
  const values = Array.from({ length: 70 }, (_, index) => index * 10);
  const scale = heatScale("units", false, values);
  const steps = new Set(values.map((value) => heatStep(value, scale)));
  expect([...steps].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(heatStep(5, heatScale("units", false, [5]))).toBe(2);
  expect(heatScale("units", false, [])).toEqual([]);
});
