import type { FulfilmentStatus } from "../../domain/orders/order.ts";
import type { OrderBook } from "../../domain/orders/order-book.ts";

/** Statuses in which a location has work to do before the goods lie ready. */
const BEFORE_READY: ReadonlySet<FulfilmentStatus> = new Set([
  "allocated",
  "sent_to_store",
  "accepted",
  "picking",
]);
/** Counted anew at most so often: it goes through all orders in memory. */
const KEPT_MS = 1_000;

/** Parts of orders at each location that do not lie ready yet; as of at most a second ago. None where another server has the orders. */
export function createOpenWork(deps: { book(): OrderBook | null; nowMs(): number }) {
  let counts = new Map<string, number>();
  let countedMs = Number.NEGATIVE_INFINITY;

  function count(): void {
    counts = new Map();
    for (const { order } of deps.book()?.records() ?? []) {
      for (const { status, locationId } of order.fulfilments) {
        if (BEFORE_READY.has(status)) counts.set(locationId, (counts.get(locationId) ?? 0) + 1);
      }
    }
  }

  return (locationId: string): number => {
    const nowMs = deps.nowMs();
    // A clock that was set back counts anew too.
    if (Math.abs(nowMs - countedMs) >= KEPT_MS) {
      count();
      countedMs = nowMs;
    }
    return counts.get(locationId) ?? 0;
  };
}
