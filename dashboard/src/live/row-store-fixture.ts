import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";
import { createRowStore } from "./row-store.ts";

/** For tests: so many units, all of them available. */
export function item(gtin: string, available: number, locationId = "S01"): AvailabilityItem {
  const zero = { reserved: 0, safetyStock: 0, allocated: 0 };
  return {
    gtin,
    locationId,
    onHand: available,
    sellable: available,
    available,
    ...zero,
    isCapped: false,
    confidence: null,
    incoming: [],
    availableFrom: null,
    reasonCode: "in_stock",
    lastSeenAt: null,
  };
}

/** For tests: a store whose frames are painted by hand. */
export function storeWithFrames() {
  const frames: (() => void)[] = [];
  const store = createRowStore({ schedule: (flush) => frames.push(flush), nowMs: () => 1000 });
  return { store, frames, paint: () => frames.splice(0).forEach((flush) => flush()) };
}
