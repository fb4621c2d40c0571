import type { HistoryBlock } from "./create-history.ts";
import type { ShopperLife } from "./live-a-shopper.ts";
import type { PastContext } from "./past-context.ts";
import { createCustomerTruth } from "./truth/customer-truth.ts";
import { createPickupTruth } from "./truth/pickup-truth.ts";
import { createStockTruth } from "./truth/stock-truth.ts";

/** The past in figures, by the ids of the KPIs in docs/demo.md. Shares are 0 to 1, money in the currency of the chain. */
export type HistoryTruth = Record<string, Record<string, number>>;

/** Folds facts as they are told, without SQL: what reports of the same past must come to. */
export function createHistoryTruth(context: PastContext) {
  const customers = createCustomerTruth(context);
  const pickups = createPickupTruth(context);
  const stock = createStockTruth(context);
  return {
    addLife(life: ShopperLife): void {
      customers.addLife(life);
      pickups.addLife(life);
    },
    add(block: HistoryBlock): void {
      for (const order of block.orders) {
        customers.addOrder(order);
        pickups.addOrder(order);
      }
      for (const event of block.offers) customers.addOffer(event);
      for (const answer of block.answers) customers.addAnswer(answer);
      for (const miss of block.misses) pickups.addMiss(miss);
      for (const day of block.stockDays) stock.addDay(day);
      for (const line of block.counts) stock.addCount(line);
    },
    read: (): HistoryTruth => ({ ...customers.read(), ...pickups.read(), ...stock.read() }),
  };
}
