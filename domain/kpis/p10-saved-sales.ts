import { letsThrough, type PickupFilter } from "./pickup-facts.ts";
import { ratioOf } from "./sale-line.ts";

export type MissFact = { locationId: string; channel: string; atMs: number; savedOrderId: string };

/** P10: shoppers for whom a store had none and who ordered from another place ÷ all of them. */
export function savedSales(facts: readonly MissFact[], filter: PickupFilter) {
  const misses = facts.filter((fact) => letsThrough(filter, fact.atMs, fact));
  const saved = misses.filter(({ savedOrderId }) => savedOrderId !== "").length;
  return { misses: misses.length, saved, saved_share: ratioOf(saved, misses.length) };
}
