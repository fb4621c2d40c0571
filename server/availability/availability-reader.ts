import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { computeAvailability } from "../../domain/availability/compute-availability.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Projection } from "../projection/projection.ts";

const SELLABLE = 0;

export type AvailabilityReader = ReturnType<typeof createAvailabilityReader>;

/** Answers from the projection. Nothing is reserved, withheld or allocated yet: these are 0 and `available` is `sellable`. */
export function createAvailabilityReader(projection: Projection) {
  function itemAt(row: number): AvailabilityItem {
    const table = projection.table();
    return toItem(table.gtinAt(row), table.locationIdAt(row), {
      onHand: table.onHandAt(row),
      sellable: table.quantityAt(row, SELLABLE),
      lastSeenAtMs: table.lastSeenAt(row),
      hasRecord: true,
    });
  }

  return {
    itemAt,
    /** Also for what was never recorded: zeros with the reason `no_record`. */
    itemOf(locationId: string, gtin: number): AvailabilityItem {
      const row = projection.table().find(locationId, gtin);
      if (row >= 0) return itemAt(row);
      return toItem(gtin, locationId, { onHand: 0, sellable: 0, lastSeenAtMs: 0, hasRecord: false });
    },
  };
}

function toItem(
  gtin: number,
  locationId: string,
  known: { onHand: number; sellable: number; lastSeenAtMs: number; hasRecord: boolean },
): AvailabilityItem {
  const { onHand, sellable, lastSeenAtMs, hasRecord } = known;
  const input = { onHand, sellable, reserved: 0, safetyStock: 0, allocated: 0, hasRecord };
  const { available, reasonCode } = computeAvailability(input);
  return {
    gtin: gtinFromNumber(gtin),
    locationId,
    onHand,
    sellable,
    reserved: 0,
    safetyStock: 0,
    allocated: 0,
    available,
    reasonCode,
    lastSeenAt: lastSeenAtMs === 0 ? null : new Date(lastSeenAtMs).toISOString(),
  };
}

/** What a publishable key sees: whether and roughly how much, not a competitor's stock list. */
export function capItem(item: AvailabilityItem, cap: number): AvailabilityItem {
  return {
    ...item,
    onHand: Math.min(item.onHand, cap),
    sellable: Math.min(item.sellable, cap),
    available: Math.min(item.available, cap),
    reserved: 0,
    safetyStock: 0,
    allocated: 0,
  };
}
