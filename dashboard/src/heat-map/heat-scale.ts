import type { HeatSums } from "./heat-grid.ts";

/** `share`: of the products with a record, those that can be promised. `units`: what can be promised. */
export const HEAT_MEASURES = ["share", "units"] as const;
export type HeatMeasure = (typeof HEAT_MEASURES)[number];

/** Where each step but the first begins, rising. Step 0 is nothing at all; there are as many more as bounds and one. */
export type HeatScale = readonly number[];

/** The tokens of the palette have seven steps. */
const STEPS = 7;
const SHARES: HeatScale = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99];
const FEW_UNITS: HeatScale = [2, 3, 5, 8, 13, 21];

export function heatValue(sums: HeatSums, measure: HeatMeasure): number {
  return measure === "units" ? sums.available : sums.promisable / sums.rows;
}

/** 0 for nothing to promise, else 1, the palest, to 7. */
export function heatStep(value: number, scale: HeatScale): number {
  if (value <= 0) return 0;
  let step = 1;
  for (const bound of scale) if (value >= bound) step += 1;
  return Math.min(step, STEPS);
}

/** The scale of a measure: of shares and of single products always the same, so that pictures can be compared. */
export function heatScale(measure: HeatMeasure, isByProduct: boolean, values: readonly number[]): HeatScale {
  if (measure === "share") return SHARES;
  return isByProduct ? FEW_UNITS : quantiles(values.filter((value) => value > 0));
}

/** Bounds that put as many values into each step, rounded to two digits, so that they can be read. */
function quantiles(values: readonly number[]): HeatScale {
  const sorted = values.toSorted((a, b) => a - b);
  const bounds = new Set<number>();
  for (let step = 1; step < STEPS; step += 1) {
    const value = sorted[Math.floor((step * sorted.length) / STEPS)];
    if (value !== undefined) bounds.add(Number(value.toPrecision(2)));
  }
  return [...bounds];
}
