import type { BookParts } from "./book-parts.ts";
import { type CountSession, isInScope } from "./count-session.ts";
import { FACT_PLACE, type FactLog } from "./fact-log.ts";
import { isOnHand, STATUS_IN_TRANSIT, STATUS_PRESENT, STATUS_SOLD } from "./item-table.ts";

/** The items that a count judges, by product: rows of the item table. */
export type ScopedItems = {
  /** On hand in the scope and seen since the count began. */
  found: number[];
  /** On hand in the scope and not seen. */
  missed: number[];
};

/** Items in the scope of a count. Whoever is about to leave through an exit is not judged by it. */
export function itemsInScope(parts: BookParts, session: CountSession): Map<number, ScopedItems> {
  const { items, places } = parts;
  const byGtin = new Map<number, ScopedItems>();
  const byHand = new Set([...session.quantities.values()].map((line) => line.gtin));
  for (let row = 0; row < items.identities.rowCount; row++) {
    if (items.status[row] !== STATUS_PRESENT || items.location[row] !== session.location) continue;
    if (!items.identities.isInUse(row)) continue;
    const gtin = items.gtin[row] ?? 0;
    const place = items.place[row] ?? 0;
    const zoneId = places.locationAt(place) === session.location ? places.zoneIdAt(place) : "";
    if (byHand.has(gtin) || !isInScope(session, zoneId, gtin)) continue;
    let scoped = byGtin.get(gtin);
    if (scoped === undefined) {
      scoped = { found: [], missed: [] };
      byGtin.set(gtin, scoped);
    }
    const isSeen = (items.lastSeenAt[row] ?? 0) >= session.startedAtMs;
    const isFound = isSeen || session.epcs.has(items.identities.identityAt(row));
    (isFound ? scoped.found : scoped.missed).push(row);
  }
  return byGtin;
}

/** Items that reads of the count brought into stock: the book did not expect them when it began. */
export function newSince(log: FactLog, session: CountSession, gtin: number): Set<number> {
  const rows = new Set<number>();
  let fact = log.newestOf(gtin);
  while (fact !== -1 && (log.at[fact] ?? 0) >= session.startedAtMs) {
    const before = log.beforeStatus[fact] ?? 0;
    const isKnown = isOnHand(before) || before === STATUS_SOLD || before === STATUS_IN_TRANSIT;
    const isFinding = log.kind[fact] === FACT_PLACE && log.quantity[fact] !== 1 && log.effect[fact] === 0;
    if (isFinding && !isKnown && log.location[fact] === session.location) rows.add(log.item[fact] ?? -1);
    fact = log.older[fact] ?? -1;
  }
  return rows;
}
