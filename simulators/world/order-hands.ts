import { type Context, anyArea } from "./context.ts";
import { freeUnitsByProduct } from "./pick-unit.ts";
import type { Unit } from "./unit.ts";

const SECOND_MS = 1000;

/**
 * The hands of those who work on orders. What they do follows from orders that are placed from outside, so it is no part of a
 * story that is told twice the same; whoever places none changes nothing of it.
 */
export type OrderHands = {
  /** Takes a unit off a shelf and lays it in the backroom, for a customer. Null: there is none that nobody else holds. */
  take(locationId: string, gtin: string): Readonly<Unit> | null;
  /** It leaves with the customer or a carrier, as sold. */
  handOver(unit: Readonly<Unit>): void;
  /** Back on the shelf that it was taken from. */
  putBack(unit: Readonly<Unit>): void;
  /** It is nowhere to be found: stolen, though nobody saw it. */
  lose(unit: Readonly<Unit>): void;
  /** A unit that was handed over comes in again, and lies at a till until it is put back or found to be broken. */
  takeBack(unit: Readonly<Unit>, locationId: string): void;
  /** GTINs of which there is no unit at the location, held or not. */
  missingAt(locationId: string): string[];
};

export function createOrderHands(context: Context): OrderHands {
  const { world, engine, chain } = context;
  const sites = [...context.stores, context.warehouse];
  const inHand = new Map<Readonly<Unit>, { unit: Unit; shelf: number }>();
  /** Units that left with customers, as the world's own. */
  const handedOver = new Map<Readonly<Unit>, Unit>();
  const siteOf = (locationId: string) => sites.find((site) => site.locationId === locationId);

  const release = (unit: Readonly<Unit>) => {
    const held = inHand.get(unit);
    if (held === undefined) throw new Error("this unit was taken for no order");
    inHand.delete(unit);
    return held;
  };

  return {
    take(locationId, gtin) {
      const site = siteOf(locationId);
      const product = chain.products.findIndex((candidate) => candidate.gtin === gtin);
      if (site === undefined) return null;
      const [unit] = freeUnitsByProduct(context, site, ["backroom", "sales_floor"]).get(product) ?? [];
      if (unit === undefined) return null;
      inHand.set(unit, { unit, shelf: unit.areaIndex });
      unit.isHeld = true;
      const table = site.areas.backroom.length > 0 ? anyArea(site, "backroom") : unit.areaIndex;
      world.carry(unit, table, engine.nowMs() + 10 * SECOND_MS);
      return unit;
    },
    handOver(taken) {
      const { unit } = release(taken);
      world.sell(unit);
      world.carry(unit, -1, engine.nowMs());
      handedOver.set(unit, unit);
    },
    putBack(taken) {
      const { unit, shelf } = release(taken);
      world.carry(unit, shelf, engine.nowMs() + 10 * SECOND_MS);
      unit.isHeld = false;
    },
    lose(taken) {
      const { unit } = release(taken);
      world.steal(unit);
      world.carry(unit, -1, engine.nowMs());
    },
    takeBack(taken, locationId) {
      const unit = handedOver.get(taken);
      const site = siteOf(locationId);
      if (unit === undefined || site === undefined) throw new Error("this unit was handed over to nobody");
      handedOver.delete(unit);
      world.takeBack(unit, anyArea(site, "pos"), engine.nowMs() + 15 * SECOND_MS);
      unit.isHeld = true;
      inHand.set(unit, { unit, shelf: anyArea(site, "sales_floor") });
    },
    missingAt(locationId) {
      const site = siteOf(locationId);
      if (site === undefined) return [];
      const there = new Set(
        Object.values(site.areas)
          .flat()
          .flatMap((area) => world.unitsIn(area))
          .filter(({ status }) => status === "on_hand")
          .map(({ productIndex }) => productIndex),
      );
      return chain.products.filter((_, index) => !there.has(index)).map(({ gtin }) => gtin);
    },
  };
}
