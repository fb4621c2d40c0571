import type { MovementReason } from "../movement.ts";
import { groupBy, ratioOf } from "./sale-line.ts";
import { sumOf } from "./stock-days.ts";

/** What one event did to the sellable units of a product at a location, in the order of the ledger. */
export type SellableStep = {
  locationId: string;
  gtin: number;
  atMs: number;
  quantity: number;
  reason: MovementReason;
  /** For an order of an online channel. */
  isOnline: boolean;
};

type Ending = "online" | "store" | "lost" | "refilled" | "other" | "still";

/** Each time that a product at a location came to exactly one unit that can be sold, and how that ended. */
export function lastUnits(steps: readonly SellableStep[]): { step: SellableStep; ending: Ending }[] {
  return [...groupBy(steps, ({ locationId, gtin }) => `${locationId}/${gtin}`).values()].flatMap((own) => {
    const changes = own.filter(({ quantity }) => quantity !== 0);
    return changes.flatMap((step, index) => {
      const units = sumOf(changes.slice(0, index + 1), ({ quantity }) => quantity);
      return units === 1 ? [{ step, ending: endingOf(changes[index + 1]) }] : [];
    });
  });
}

function endingOf(next: SellableStep | undefined): Ending {
  if (next === undefined) return "still";
  if (next.quantity > 0) return "refilled";
  if (next.reason === "sold") return next.isOnline ? "online" : "store";
  const isLoss = ["missing", "left", "counted", "reversed"].includes(next.reason);
  return isLoss ? "lost" : "other";
}

/** I14: online sales of SKU-locations at on hand = 1 ÷ times so shown. */
export function lastUnitSales(shown: readonly { ending: Ending }[]) {
  const of = (ending: Ending) => shown.filter((one) => one.ending === ending).length;
  return {
    times_shown: shown.length,
    online_sales: of("online"),
    last_unit_sale_rate: ratioOf(of("online"), shown.length),
    store_sales: of("store"),
    lost: of("lost"),
    refilled: of("refilled"),
    other_endings: of("other"),
    still_one: of("still"),
  };
}
