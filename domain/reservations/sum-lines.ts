import type { ReservationWish } from "./reservation.ts";

/** One product at one location; `gtin` is the number of the GTIN-14. */
export type StockUnits = { locationId: string; gtin: number; quantity: number };

/** Lines of one product at one location become one, in the order in which they are first named. O(lines). */
export function sumLines(lines: ReservationWish["lines"]): StockUnits[] {
  if (lines.length === 1) {
    const [only] = lines;
    return only === undefined
      ? []
      : [{ locationId: only.locationId, gtin: Number(only.gtin), quantity: only.quantity }];
  }
  const byStock = new Map<string, StockUnits>();
  for (const { locationId, gtin, quantity } of lines) {
    const number = Number(gtin);
    const key = `${locationId} ${number}`;
    const known = byStock.get(key);
    if (known === undefined) byStock.set(key, { locationId, gtin: number, quantity });
    else known.quantity += quantity;
  }
  return [...byStock.values()];
}
