import { shareInterval } from "../comparison/share-interval.ts";
import { ratioOf } from "./sale-line.ts";
import { sumOf } from "./stock-days.ts";

/**
 * One product counted at a location at one time. `costMicros`: of a unit, millionths; null for none. `itemsRead`: items whose tags were
 * read, null where the product was not counted by its tags.
 */
export type CountLine = {
  book: number;
  counted: number;
  costMicros: bigint | null;
  itemsRead?: number | null;
};

/**
 * I1 (book = counted), I2 (off by at most `tolerance`), I3 (1 − Σ abs ÷ Σ counted, at least 0), I4 (net and gross, in units and at
 * cost, of what has one) and I5 (items read ÷ items believed present).
 */
export function countAccuracy(lines: readonly CountLine[], tolerance: number) {
  const off = lines.map(({ book, counted }) => counted - book);
  const gross = sumOf(off, Math.abs);
  const book = sumOf(lines, (line) => line.book);
  const counted = sumOf(lines, (line) => line.counted);
  const rightOf = (whole: number) => {
    const errors = ratioOf(gross, whole);
    return errors === null ? null : Math.max(0, 1 - errors);
  };
  const atCost = (weigh: (units: number) => number) => {
    const costs = lines.flatMap((line) =>
      line.costMicros === null ? [] : [BigInt(weigh(line.counted - line.book)) * line.costMicros],
    );
    return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0n);
  };
  const ofTags = lines.filter(({ itemsRead = null }) => itemsRead !== null);
  const believed = sumOf(ofTags, (line) => line.book);
  const read = sumOf(ofTags, ({ itemsRead }) => itemsRead ?? 0);
  const exact = off.filter((units) => units === 0).length;
  const interval = shareInterval(exact, lines.length);
  return {
    lines: lines.length,
    exact_accuracy: ratioOf(exact, lines.length),
    exact_accuracy_lower: interval?.lower ?? null,
    exact_accuracy_upper: interval?.upper ?? null,
    tolerant_accuracy: ratioOf(off.filter((units) => Math.abs(units) <= tolerance).length, lines.length),
    unit_accuracy: rightOf(counted),
    book_accuracy: rightOf(book),
    book_units: book,
    counted_units: counted,
    missing_units: sumOf(off, (units) => Math.max(0, -units)),
    unexpected_units: sumOf(off, (units) => Math.max(0, units)),
    net_units: sumOf(off, (units) => units),
    gross_units: gross,
    net_cost: atCost((units) => units),
    gross_cost: atCost(Math.abs),
    costless_lines: lines.filter(({ costMicros }) => costMicros === null).length,
    believed_items: believed,
    read_items: read,
    read_rate: ratioOf(read, believed),
  };
}
