import type { BookParts } from "./book-parts.ts";
import { FACT_COUNT_MISSED, type FactDraft } from "./fact-log.ts";
import { textHash } from "./text-hash.ts";

/**
 * An event tells late that an item came in before a count that judged its product there and did not find it: the fact that the
 * count missed it, as it would have had it known of the item. Null where no such count was.
 */
export function missedSince(
  parts: BookParts,
  told: { item: number; gtin: number; location: number; atMs: number },
): FactDraft | null {
  const { item, gtin, location, atMs } = told;
  for (const session of parts.counts.at(location)) {
    const isLater = session.state === "applied" && session.startedAtMs > atMs;
    if (!isLater || !session.settled.has(gtin)) continue;
    if ((parts.items.lastSeenAt[item] ?? 0) >= session.startedAtMs) continue;
    return {
      kind: FACT_COUNT_MISSED,
      gtin,
      atMs: session.endedAtMs,
      item,
      location,
      state: 0,
      quantity: Math.min(2 ** 31 - 1, Math.round(session.endedAtMs - session.startedAtMs)),
      tie: textHash(`${session.countId}/${gtin}/${item}`),
      detail: { fact: -1, reason: "counted", reservationId: "", orderId: "", taken: [] },
    };
  }
  return null;
}
