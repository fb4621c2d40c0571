import {
  boughtAfter,
  type FulfilmentFact,
  filterPlaced,
  isPickup,
  type PickupFilter,
} from "./pickup-facts.ts";
import { ratioOf, type SaleLine } from "./sale-line.ts";

/** P6: collections after which the same person bought in the same store within some minutes ÷ collections. */
export function attachRate(
  facts: readonly FulfilmentFact[],
  lines: readonly SaleLine[],
  filter: PickupFilter,
  withinMinutes: number,
) {
  const collections = filterPlaced(facts, filter).filter(
    (fact) => isPickup(fact) && fact.collectedAtMs !== null,
  );
  const known = collections.filter(({ personId }) => personId !== null);
  const attached = known.filter(({ personId, locationId, collectedAtMs }) =>
    boughtAfter(lines, { personId: personId ?? "", locationId, atMs: collectedAtMs ?? 0 }, withinMinutes),
  ).length;
  return {
    collections: collections.length,
    known_collections: known.length,
    attached,
    attach_rate: ratioOf(attached, collections.length),
  };
}
