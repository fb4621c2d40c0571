import type { LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import type { TrueHistory } from "./true-history.ts";

/** A movement of an item may say when it happened by a reader's clock, so what was true just before counts too. */
const TOLERANCE_MS = 120_000;

export type FalseChange = { kind: "arrival" | "departure"; atMs: number; epc: string; reason: string };

/**
 * Arrivals of items that were not there, and departures of items that were and stayed. What tills say is no guess and is left
 * out: which item a sale by GTIN took is not asked here.
 */
export function falseChangesOf(
  event: LedgerEvent,
  history: TrueHistory,
  nowMs: number,
  occurredMs: number,
): FalseChange[] {
  const found: FalseChange[] = [];
  for (const { epc, quantity, reason, locationId } of event.movements) {
    if (epc === "" || reason === "sold" || reason === "returned") continue;
    // What one event takes out and puts back has changed nothing for anybody.
    const sameItem = event.movements.filter((line) => line.epc === epc && line.locationId === locationId);
    if (sameItem.reduce((sum, line) => sum + line.quantity, 0) === 0) continue;
    const item = history.find(epc);
    const fromMs = Math.min(occurredMs, nowMs) - TOLERANCE_MS;
    if (quantity > 0) {
      const isTrue = item !== undefined && history.wasThere(item, locationId, fromMs, nowMs);
      if (!isTrue) found.push({ kind: "arrival", atMs: nowMs, epc, reason });
    } else if (item !== undefined) {
      const isStillThere = item.stays.at(-1)?.locationId === locationId;
      const wasThere = history.wasThere(item, locationId, fromMs, fromMs + TOLERANCE_MS);
      if (isStillThere && wasThere) found.push({ kind: "departure", atMs: nowMs, epc, reason });
    }
  }
  return found;
}
