import { ratioOf } from "./sale-line.ts";

/** One product counted at a location at one time. `costMicros`: of a unit, millionths. */
export type CountLine = { book: number; counted: number; costMicros: bigint };

/**
 * I1 (book = counted), I2 (off by at most `tolerance`), I3 (1 − Σ abs ÷ Σ counted, at least 0) and I4 (net and gross, in units and at
 * cost).
 */
export function countAccuracy(lines: readonly CountLine[], tolerance: number) {
  const off = lines.map(({ book, counted }) => counted - book);
  const net = off.reduce((sum, units) => sum + units, 0);
  const gross = off.reduce((sum, units) => sum + Math.abs(units), 0);
  const counted = lines.reduce((sum, line) => sum + line.counted, 0);
  const errors = ratioOf(gross, counted);
  const atCost = (weigh: (units: number) => number) =>
    lines.reduce((sum, line) => sum + BigInt(weigh(line.counted - line.book)) * line.costMicros, 0n);
  return {
    lines: lines.length,
    exact_accuracy: ratioOf(off.filter((units) => units === 0).length, lines.length),
    tolerant_accuracy: ratioOf(off.filter((units) => Math.abs(units) <= tolerance).length, lines.length),
    unit_accuracy: errors === null ? null : Math.max(0, 1 - errors),
    counted_units: counted,
    net_units: net,
    gross_units: gross,
    net_cost: atCost((units) => units),
    gross_cost: atCost(Math.abs),
  };
}
