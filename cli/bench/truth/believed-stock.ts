import type { ItemState, LedgerEvent } from "../../../domain/ledger/ledger-event.ts";

/** What a ledger says is where: the sum of its movements, and the last state of each item. */
export type BelievedStock = {
  apply(event: LedgerEvent): void;
  /** Units by `location gtin`; rows of 0 may be among them. */
  readonly onHand: ReadonlyMap<string, number>;
  /** By EPC without filter value. */
  readonly items: ReadonlyMap<string, ItemState>;
};

/** The key of a SKU-location; `gtin` as 14 digits or as its number. */
export function stockKey(locationId: string, gtin: string | number): string {
  return `${locationId} ${Number(gtin)}`;
}

export function createBelievedStock(): BelievedStock {
  const onHand = new Map<string, number>();
  const items = new Map<string, ItemState>();
  return {
    onHand,
    items,
    apply(event) {
      for (const { locationId, gtin, quantity } of event.movements) {
        const key = stockKey(locationId, gtin);
        onHand.set(key, (onHand.get(key) ?? 0) + quantity);
      }
      for (const item of event.items) items.set(item.epc, item);
    },
  };
}
